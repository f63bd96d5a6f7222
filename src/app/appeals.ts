import { type AppealState, after, legalMoves, type Move } from '../domain/appeal.ts';
import { appealNumber } from '../domain/appeal-number.ts';
import { inShanghai } from '../domain/clock-time.ts';
import type { Snapshot } from './content.ts';
import type { Reply } from './message.ts';
import type { Transaction } from './ports.ts';
import type { Say } from './say.ts';
import type { Appeal, Draft, Person } from './tables.ts';
import { type Turn, UserError } from './turn.ts';

/** Working days until the promised answer: 咨询 1, everything else 5 (《济南市12345市民服务热线条例》口径). */
export function promisedDays(kind: Appeal['kind']): number {
  return kind === '咨询' ? 1 : 5;
}

/** Registers an appeal under the next number of the day, in the turn's transaction. */
export async function fileAppeal(turn: Turn, draft: Draft & { what: string; urgent: boolean }): Promise<Appeal> {
  const { tx, now, content, person, room } = turn;
  const day = inShanghai(now).date.slice(2).replaceAll('-', '');
  const number = appealNumber(content.community.prefix, day, await tx.next(`appeal/${day}`));
  const due = turn.workCalendar.plusWorkingDays(inShanghai(now).date, promisedDays(draft.kind));
  const appeal: Appeal = {
    id: number,
    state: 'registered',
    kind: draft.kind,
    category: draft.category,
    what: draft.what,
    ...(draft.place === undefined ? {} : { place: draft.place }),
    urgent: draft.urgent,
    anonymous: draft.anonymous,
    person: person.id,
    ...(room ? { room: room.id } : {}),
    files: draft.files,
    createdAt: now.toISOString(),
    ...(due === undefined ? {} : { dueOn: due }),
    history: [{ at: now.toISOString(), actor: person.id, move: 'register', to: 'registered' }],
  };
  await tx.insert('appeals', appeal);
  return appeal;
}

/** Makes a move on an appeal, or throws a sentence that tells which moves are legal now. */
export async function makeMove(
  turn: { tx: Transaction; now: Date; say: Say; content: Snapshot; person: Person },
  appeal: Appeal,
  move: Move,
  text?: string,
): Promise<Appeal> {
  const { tx, now, say, content, person } = turn;
  const to = after(appeal.state, move);
  if (to === undefined) {
    const verbs = legalMoves(appeal.state).flatMap((legal) => content.commands.get(legal)?.verb ?? []);
    throw new UserError(
      say('appeal.illegal', {
        number: appeal.id,
        state: stateTitle(appeal.state, say),
        legal: verbs.map((verb) => `/${verb}`).join(say('list.separator')),
      }),
    );
  }
  const step = { at: now.toISOString(), actor: person.id, move, to, ...(text === undefined ? {} : { text }) };
  const moved: Appeal = { ...appeal, state: to, history: [...appeal.history, step] };
  await tx.put('appeals', moved);
  await tx.insert('audit', {
    id: `${appeal.id}/${moved.history.length}`,
    at: step.at,
    actor: person.id,
    act: move,
    target: appeal.id,
    allowed: true,
  });
  return moved;
}

export function stateTitle(state: AppealState, say: Say): string {
  return say(`state.${state}`);
}

/** What the reporter hears of their appeal: in private; it waits there while they cannot be reached. */
export function toReporter(appeal: Appeal, text: string): Reply {
  return { to: { person: appeal.person }, text, kind: 'notice' };
}

/** "SQ261123-0174 [投诉·噪音扰民] 3栋2单元 楼上半夜装修": one line that staff recognise an appeal by. */
export async function summaryLine(appeal: Appeal, turn: Pick<Turn, 'tx' | 'say' | 'content'>): Promise<string> {
  const person = appeal.anonymous ? undefined : await turn.tx.get('people', appeal.person);
  return turn.say('appeal.line', {
    number: appeal.id,
    urgent: appeal.urgent ? turn.say('appeal.urgentMark') : '',
    state: stateTitle(appeal.state, turn.say),
    category: turn.content.titles.get(appeal.category) ?? appeal.category,
    what: appeal.what.length > 40 ? `${appeal.what.slice(0, 40)}…` : appeal.what,
    place: appeal.place ?? '',
    name: person?.name ?? turn.say('appeal.anonymousName'),
  });
}
