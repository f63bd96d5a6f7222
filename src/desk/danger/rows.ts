import { z } from 'zod';
import { alarmMoves, alarmStates } from '../../domain/danger/alarm.ts';
import { courses } from '../../domain/danger/course.ts';
import { withoutAnybody, withoutPerson } from '../../domain/danger/forgetting.ts';
import { fileName, idPath, personId, roomId, time } from '../kernel/fields.ts';
import { nobody } from '../kernel/message.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    alarms: Alarm;
    suspicions: Suspicion;
  }
}

declare module '../kernel/turn.ts' {
  interface Turn {
    /** The numbers of the alarms to which belongs what is said in this turn. */
    readonly alarms: Set<string>;
  }
}

declare module '../kernel/command.ts' {
  interface Call {
    readonly alarm?: Alarm;
  }
}

const step = z.object({
  at: time,
  /** A person, or the clock. */
  actor: personId,
  move: z.enum(alarmMoves),
  /** What residents said, masked and in one line; what staff wrote. */
  text: z.string().exactOptional(),
  file: fileName.exactOptional(),
  /** How it goes on, by what was said. */
  course: z.enum(courses).exactOptional(),
  /** Nobody was rung for it: it was told together with other words of those who did not tell of the danger. */
  later: z.literal(true).exactOptional(),
});
/** What was said or done of an alarm. */
export type AlarmStep = z.infer<typeof step>;

const alarm = z.object({
  /** Its number. */
  id: z.string(),
  state: z.enum(alarmStates),
  /** The ids of the kinds of danger that were told of (data/emergencies.yaml), the first one first. */
  kinds: z.array(z.string()),
  /** Who told of it first. */
  person: personId,
  /** Who told of the same besides. */
  voices: z.array(personId),
  /** The group it was told in. */
  room: roomId.exactOptional(),
  place: z.string().exactOptional(),
  /** It was asked whether somebody is in danger, and nobody answered. */
  unanswered: z.literal(true).exactOptional(),
  createdAt: time,
  /** When something was last said of it. */
  lastAt: time,
  /** When staff are called again. */
  nextAt: time,
  /** How often they were called, and when last. */
  pages: z.number(),
  pagedAt: time,
  /** Who was called: people privately, groups, and those of the people who were told the words. */
  called: z.object({ people: z.array(personId), rooms: z.array(roomId), words: z.array(personId) }),
  /** Who of the staff has taken it on, the first one first. */
  takers: z.array(personId),
  heardAt: time.exactOptional(),
  attendedAt: time.exactOptional(),
  overAt: time.exactOptional(),
  /** What happened, as whoever ended it put it. */
  result: z.string().exactOptional(),
  /** When somebody is reminded to look in. */
  lookInAt: time.exactOptional(),
  /** Since when others have said something that was only noted, and when that is told. */
  waitingSince: time.exactOptional(),
  tellAt: time.exactOptional(),
  history: z.array(step),
  /** Whether everything personal was taken out of it. */
  erased: z.literal(true).exactOptional(),
});
/** Somebody is in danger: from the first word until staff say that it is over. */
export type Alarm = z.infer<typeof alarm>;

const lastStep = ({ history }: Alarm) => history.at(-1)?.at ?? '';

const alarms = table<Alarm>({
  row: alarm,
  indexes: [
    { equal: ['state'], order: 'createdAt' },
    { equal: ['state'], order: 'nextAt' },
    { equal: ['person'], order: 'createdAt' },
    { equal: [], order: 'createdAt' },
    { equal: [], order: 'lookInAt' },
    { equal: [], order: 'tellAt' },
  ],
  // Longer than it may begin anew, and than staff look back.
  kept: [{ where: { state: 'over' }, from: lastStep, days: 35, archived: true }],
  archive: { by: 'createdAt', days: 730, from: lastStep, left: (row) => withoutAnybody(row, nobody) },
  deletion: (row, person) => withoutPerson(row, person, nobody),
});

const suspicion = z.object({
  /** The conversation in which it was asked. */
  id: idPath,
  person: personId,
  room: roomId.exactOptional(),
  kind: z.string(),
  text: z.string(),
  /** Silence is an answer then. */
  nextAt: time,
});
/** It was asked whether somebody is in danger, and not answered yet. */
export type Suspicion = z.infer<typeof suspicion>;

const suspicions = table<Suspicion>({
  row: suspicion,
  indexes: [{ equal: [], order: 'nextAt' }],
  kept: 'always',
  deletion: 'goes',
});

export const dangerTables = { alarms, suspicions };
