import { z } from 'zod';
import { type AppealState, appealKinds, appealStates, moves } from '../../domain/appeals/appeal.ts';
import { wakes } from '../../domain/appeals/appeal-clock.ts';
import { day, fileName, personId, roomId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';
import { withoutPerson, withoutVoice } from './forgetting.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    appeals: Appeal;
    undos: Undo;
    responsibilities: Responsibility;
    caseKeys: CaseKey;
  }
}

declare module '../kernel/turn.ts' {
  interface Turn {
    /** The appeals that this turn has changed, as they were before it. */
    readonly changed: Map<string, Appeal | undefined>;
  }
}

declare module '../kernel/command.ts' {
  interface Call {
    readonly appeal?: Appeal;
    /** A second appeal: the one into which the first is merged. */
    readonly into?: Appeal;
  }
}

const kind = z.enum(appealKinds);
const state = z.enum(appealStates);

const alsoTold = z.object({ category: z.string(), kind, what: z.string(), place: z.string().exactOptional() });
/** Another matter that was told in one message. */
export type AlsoTold = z.infer<typeof alsoTold>;

/** An appeal while it is being taken down. */
export const draft = z.object({
  /** The message that began it: two drafts of one person are two matters. */
  begun: z.string().exactOptional(),
  category: z.string(),
  kind,
  what: z.string().exactOptional(),
  place: z.string().exactOptional(),
  anonymous: z.boolean(),
  files: z.array(fileName),
  /** Whether the place was asked for twice: then whatever is said counts. */
  askedAgain: z.boolean().exactOptional(),
  /** What else was told in the same message: filed with it, each as a matter of its own. */
  also: z.array(alsoTold).exactOptional(),
  /** 代报: for whom staff take it down, when the bot knows them, or their name. */
  forPerson: personId.exactOptional(),
  onBehalfOf: z.string().exactOptional(),
});
export type Draft = z.infer<typeof draft>;

const follower = z.object({
  person: personId,
  at: time,
  /** The number of the appeal that was merged, by which they came. */
  merged: z.string().exactOptional(),
  /** The pictures of the appeal that are theirs. */
  files: z.array(fileName).exactOptional(),
});
export type Follower = z.infer<typeof follower>;

export const solved = z.enum(['yes', 'partly', 'no', 'dropped']);

const rating = z.object({
  round: z.number(),
  solved,
  satisfied: z.enum(['yes', 'fairly', 'no']).exactOptional(),
  at: time,
});
/** What the resident said when a round was done. */
export type Rating = z.infer<typeof rating>;

const step = z.object({
  at: time,
  actor: personId,
  move: z.enum([...moves, 'register', 'undo']),
  to: state,
  text: z.string().exactOptional(),
  /** What was found lacking in it by the last look; it was sent all the same. */
  despite: z.array(z.string()).readonly().exactOptional(),
});
export type AppealStep = z.infer<typeof step>;

const appeal = z.object({
  /** The number that the resident was given. */
  id: z.string(),
  state,
  kind,
  category: z.string(),
  what: z.string(),
  place: z.string().exactOptional(),
  urgent: z.boolean(),
  anonymous: z.boolean(),
  /** Who told it; for what staff took down on the telephone, the member of staff. */
  person: personId,
  /** 代报: the name of whom staff filed it for, when that is nobody the bot knows. */
  onBehalfOf: z.string().exactOptional(),
  /** The group it was reported in. */
  room: roomId.exactOptional(),
  files: z.array(fileName),
  /** Since when it is theirs, when who told it first has left it to them: what was said before was not said to them. */
  leftAt: time.exactOptional(),
  createdAt: time,
  /** Counts the times it was taken up: 1, and one more with each reopening. */
  round: z.number(),
  startedAt: time,
  firstWordBy: time.exactOptional(),
  /** The first word of a person of staff to the resident. */
  firstWordAt: time.exactOptional(),
  answerBy: time.exactOptional(),
  /** Whether the deadline was put off; that is done once. */
  extended: z.boolean().exactOptional(),
  pausedAt: time.exactOptional(),
  resolvedAt: time.exactOptional(),
  told: z.array(z.enum(wakes)),
  /** When the clock next has something to say of it. */
  wakeAt: time.exactOptional(),
  handler: personId.exactOptional(),
  result: z.string().exactOptional(),
  /** To whom it was handed on. */
  referredTo: z.string().exactOptional(),
  /** Others with the same problem: they hear of its progress. */
  followers: z.array(follower),
  /** The appeal into which this one was merged. */
  into: z.string().exactOptional(),
  /** What the resident said of each round that was done. */
  ratings: z.array(rating),
  /** 留言板: whether it may be shown, with its answer, in the news. */
  mayPublish: z.boolean().exactOptional(),
  /** yyyy-MM-dd of the last 催, and how many there were. */
  urgedOn: day.exactOptional(),
  urges: z.number().exactOptional(),
  history: z.array(step),
  /** Whether everything personal was taken out of it. */
  erased: z.literal(true).exactOptional(),
});
export type Appeal = z.infer<typeof appeal>;

const closed: readonly AppealState[] = ['archived', 'declined', 'merged', 'withdrawn'];

/** How long after its last step a closed appeal stays at hand: longer than it may be taken up again, and than 办理公示 looks back. */
export const closedDays = 35;

const appeals = table<Appeal>({
  row: appeal,
  indexes: [
    { equal: [], order: 'wakeAt' },
    { equal: [], order: 'createdAt' },
    { equal: ['state'], order: 'createdAt' },
    { equal: ['state'], order: 'resolvedAt' },
    { equal: ['category', 'state'], order: 'createdAt' },
    { equal: ['person'], order: 'createdAt' },
    { equal: ['into'] },
    { equal: ['mayPublish', 'state'] },
    { equal: ['room'] },
  ],
  kept: [{ where: { state: closed }, from: lastStep, days: closedDays, archived: true }],
  archive: { by: 'createdAt', days: 730, from: lastStep, left: withoutPerson },
  deletion: (row, person) => (row.person === person ? withoutPerson(row) : withoutVoice(row, person)),
});

function lastStep({ history }: Appeal): string {
  return history.at(-1)?.at ?? '';
}

const undoable = z.object({
  id: personId,
  at: time,
  /** The appeals that it changed as they were, and how many steps they had after it. */
  before: z.array(z.object({ appeal, steps: z.number() })),
  /** Who was told of it. */
  told: z.array(personId),
});
/** The last step of a member of staff on appeals, as long as it can be taken back; its id is the person. */
export type Undo = z.infer<typeof undoable>;

const undos = table<Undo>({
  row: undoable,
  indexes: [{ equal: [], order: 'at' }],
  kept: [{ from: 'at', days: 1 }],
  deletion: 'goes',
});

const responsibility = z.object({
  /** The category and the place: one matter has one person. */
  id: z.string(),
  person: personId,
  /** As it was typed. */
  name: z.string(),
  category: z.string().exactOptional(),
  place: z.string().exactOptional(),
  at: time,
});
/** 负责: who handles what comes of a category, at a place, or both. */
export type Responsibility = z.infer<typeof responsibility>;

const responsibilities = table<Responsibility>({
  row: responsibility,
  indexes: [{ equal: ['person'], order: 'at' }],
  kept: 'always',
  deletion: 'goes',
});

const caseKey = z.object({
  /** The digest of the secret: who has only the store cannot open a page with it. */
  id: z.string(),
  sealed: z.string(),
  appeal: z.string(),
  /** As whom it lets its bearer read and act. */
  person: personId,
  at: time,
});
/** What opens the page of an appeal to one of its voices, without an account. */
export type CaseKey = z.infer<typeof caseKey>;

/** As long as anything personal of an appeal is kept (732 days after it was closed), and the time that it may have been open. */
const keyDays = 800;

const caseKeys = table<CaseKey>({
  row: caseKey,
  indexes: [{ equal: ['appeal'] }, { equal: ['person'] }, { equal: [], order: 'at' }],
  kept: [{ from: 'at', days: keyDays }],
  deletion: 'goes',
});

export const appealsTables = { appeals, undos, responsibilities, caseKeys };
