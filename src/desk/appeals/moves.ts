import { type AppealState, after, legalMoves, type Move, openStates, stepsOf } from '../../domain/appeals/appeal.ts';
import { afterPause, deadlinesOf, nextWake, withDay } from '../../domain/appeals/appeal-clock.ts';
import { appealNumber } from '../../domain/appeals/appeal-number.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { WorkingTime } from '../../domain/time/working-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import type { Progress } from '../kernel/accounts.ts';
import { append } from '../kernel/audit.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Reply } from '../kernel/message.ts';
import type { Transaction, Vault } from '../kernel/ports.ts';
import { takeBack } from '../kernel/question.ts';
import type { Say } from '../kernel/say.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { beginningOf } from '../kernel/whole.ts';
import { responsibleFor } from './responsible.ts';
import type { Appeal, AppealStep, Draft, Rating } from './rows.ts';

/** What it takes to change an appeal: a turn, or the clock. `actor` is a person, or who acts by the clock. */
export interface Acting {
  readonly tx: Transaction;
  readonly now: Date;
  readonly say: Say;
  readonly content: Pick<Snapshot, 'titles' | 'categories' | 'community' | 'local' | 'commands'>;
  readonly time: WorkingTime;
  readonly vault: Vault;
  readonly actor: string;
  /** What was found lacking in what is said with the move. */
  readonly despite?: readonly string[] | undefined;
  /** Notes the appeals that are changed as they were before, so that the last step can be taken back. */
  readonly before?: Map<string, Appeal | undefined>;
}

/** What it takes where a person acts: a turn, or less. */
export type ActingPerson = Omit<Acting, 'actor' | 'despite' | 'before'> & Pick<Turn, 'person' | 'changed'>;

/** The one who acts when the clock does. */
export const byTheClock = 'clock';

export function actingIn(turn: ActingPerson, despite?: readonly string[]): Acting {
  return { ...turn, actor: turn.person.id, before: turn.changed, despite };
}

/** What counts the appeals of a day (yyMMdd). */
export const appealCounter = (day: string) => `appeal/${day}`;

/** Registers an appeal under the next number of the day, in the turn's transaction. */
export async function fileAppeal(turn: Turn, draft: Draft & { what: string; urgent: boolean }): Promise<Appeal> {
  const { tx, now, content, person, room } = turn;
  const day = inShanghai(now).date.slice(2).replaceAll('-', '');
  const at = now.toISOString();
  const handler = await responsibleFor(turn, draft);
  const appeal: Appeal = {
    id: appealNumber(content.community.prefix, day, await tx.next(appealCounter(day))),
    state: 'registered',
    kind: draft.kind,
    category: draft.category,
    what: draft.what,
    ...(draft.place === undefined ? {} : { place: draft.place }),
    urgent: draft.urgent,
    anonymous: draft.anonymous,
    person: draft.forPerson ?? person.id,
    ...(draft.onBehalfOf === undefined ? {} : { onBehalfOf: draft.onBehalfOf }),
    ...(room ? { room: room.id } : {}),
    files: draft.files,
    createdAt: at,
    round: 1,
    startedAt: at,
    ...deadlinesOf(draft.kind, draft.urgent, now, turn.time),
    ...(handler ? { handler: handler.id } : {}),
    told: [],
    followers: [],
    ratings: [],
    history: [{ at, actor: person.id, move: 'register', to: 'registered' }],
  };
  await append(turn, { actor: person.id, act: 'register', target: appeal.id, allowed: true });
  return keep(actingIn(turn), appeal);
}

/** Keeps a changed appeal and sets when its clock wakes next. Every change goes through here. */
export async function keep({ tx, time, before }: Pick<Acting, 'tx' | 'time' | 'before'>, appeal: Appeal): Promise<Appeal> {
  if (before && !before.has(appeal.id)) before.set(appeal.id, await tx.get('appeals', appeal.id));
  const { wakeAt: _, ...changed } = appeal;
  const wake = nextWake(changed, time);
  const kept = wake ? { ...changed, wakeAt: wake.at.toISOString() } : changed;
  await tx.put('appeals', kept);
  return kept;
}

/**
 * Makes a move on an appeal, with the steps that it implies, or throws a sentence that tells which moves are legal now.
 * The clock stands still while the appeal waits for the resident.
 * @param day by when it is to be answered from now on
 */
export async function makeMove(acting: Acting, appeal: Appeal, move: Move, text?: string, day?: Date): Promise<Appeal> {
  const { now, actor } = acting;
  if (appeal.erased && actor !== byTheClock) throw new UserError(acting.say('appeal.erased', { number: appeal.id }));
  const at = now.toISOString();
  const history: AppealStep[] = [...appeal.history];
  let state = appeal.state;
  for (const step of stepsOf(state, move)) {
    const to = after(state, step);
    if (to === undefined) throw new UserError(illegalMove(acting, appeal));
    const said = step === move ? { ...(text === undefined ? {} : { text }), ...(acting.despite ? { despite: acting.despite } : {}) } : {};
    history.push({ at, actor, move: step, to, ...said });
    await append(acting, { actor, act: step, target: appeal.id, allowed: true });
    state = to;
  }
  // Whether to take it back, and where it is, is no question any more: it would take the verdict for its answer.
  if (!openStates.includes(state))
    await takeBack(
      acting,
      appeal.person,
      (each) => (each.kind === 'withdrawal' || each.kind === 'rightPlace') && each.appeal === appeal.id,
    );
  const moved = withClock(acting, { ...appeal, state, history }, appeal.state);
  return keep(acting, day ? withDay(moved, day, now, acting.time) : moved);
}

/** Stops and starts the clock of an appeal that begins or ends to wait for the resident. */
function withClock({ now, time }: Acting, appeal: Appeal, before: AppealState): Appeal {
  if (appeal.state === 'waiting_resident' && before !== 'waiting_resident') {
    return { ...appeal, pausedAt: now.toISOString(), told: appeal.told.filter((wake) => wake !== 'waited') };
  }
  if (before !== 'waiting_resident' || appeal.state === 'waiting_resident') return appeal;
  const { pausedAt, answerBy, ...rest } = appeal;
  if (pausedAt === undefined || answerBy === undefined) return rest;
  return { ...rest, answerBy: afterPause(answerBy, pausedAt, now, time) };
}

/** 响应率 counts the first word that a person of staff sends to the resident. */
export function firstWord({ now }: Pick<Acting, 'now'>, appeal: Appeal): Pick<Appeal, 'firstWordAt'> {
  return { firstWordAt: appeal.firstWordAt ?? now.toISOString() };
}

/** Takes a closed appeal up again, under its number, with the clock begun anew: what belongs to one round is left behind. */
export async function reopen(acting: Acting, appeal: Appeal, text?: string): Promise<Appeal> {
  const renewed: Appeal = { ...appeal, round: appeal.round + 1, startedAt: acting.now.toISOString(), told: [] };
  for (const key of ['resolvedAt', 'firstWordAt', 'firstWordBy', 'answerBy', 'extended', 'result'] as const) delete renewed[key];
  return makeMove(acting, { ...renewed, ...deadlinesOf(appeal.kind, appeal.urgent, acting.now, acting.time) }, 'reopen', text);
}

/** An appeal that was closed so long ago that it was moved to the archive; its full number tells the month. Slow: it is read from disk. */
export async function archivedAppeal(tx: Transaction, number: string): Promise<Appeal | undefined> {
  const [, year, month] = /^[A-Z]+(\d{2})(\d{2})\d{2}-/.exec(number) ?? [];
  if (year === undefined || month === undefined) return undefined;
  return (await tx.archived('appeals', `20${year}-${month}`, number)).find(({ id }) => id === number);
}

/** What the resident said of the present round. */
export function ratingOf(appeal: Appeal): Rating | undefined {
  return appeal.ratings.find(({ round }) => round === appeal.round);
}

/** With what the resident says of the present round. */
export function withRating(appeal: Appeal, rating: Omit<Rating, 'round'>): Appeal {
  return { ...appeal, ratings: [...appeal.ratings.filter(({ round }) => round !== appeal.round), { round: appeal.round, ...rating }] };
}

/** That a move is not legal now, and which are. */
export function illegalMove({ say, content }: Acting, appeal: Appeal): string {
  const verbs = legalMoves(appeal.state).flatMap((legal) => content.commands.get(legal)?.verb ?? []);
  return say('appeal.illegal', {
    number: appeal.id,
    state: stateTitle(appeal.state, say),
    legal: verbs.map((verb) => `/${verb}`).join(say('list.separator')),
  });
}

export function stateTitle(state: AppealState, say: Say): string {
  return say(`state.${state}`);
}

/** What the reporter hears of their appeal: in private; it waits there while they cannot be reached. */
export function toReporter(appeal: Appeal, text: string, progress?: Progress): Reply {
  return { to: { person: appeal.person }, text, kind: 'notice', page: appeal.id, ...(progress ? { progress } : {}) };
}

/** What of a notice an account can tell whose window is shut. */
export function progressOf({ content }: Pick<Acting, 'content'>, appeal: Appeal, step: Progress['step']): Progress {
  return { step, appeal: appeal.id, title: content.titles.get(appeal.category) ?? appeal.category };
}

/** What those hear who joined it or were merged into it. */
export function toFollowers(appeal: Appeal, text: string, progress?: Progress): Reply[] {
  const people = new Set(appeal.followers.map(({ person }) => person));
  people.delete(appeal.person);
  return [...people].map((person) => ({ to: { person }, text, kind: 'notice', page: appeal.id, ...(progress ? { progress } : {}) }));
}

/** What everybody who told of it hears. */
export function toVoices(appeal: Appeal, text: string, progress?: Progress): Reply[] {
  return [toReporter(appeal, text, progress), ...toFollowers(appeal, text, progress)];
}

/** "SQ261123-0174 [投诉·噪音扰民] 3栋2单元 楼上半夜装修": one line that staff recognise an appeal by. */
export async function summaryLine(
  appeal: Appeal,
  { tx, say, content }: Pick<Acting, 'tx' | 'say' | 'content'>,
  atMost = 40,
): Promise<string> {
  return say('appeal.line', {
    number: appeal.id,
    urgent: appeal.urgent ? say('appeal.urgentMark') : '',
    state: stateTitle(appeal.state, say),
    category: content.titles.get(appeal.category) ?? appeal.category,
    what: shortened(appeal.what, atMost),
    place: oneLine(appeal.place ?? ''),
    name: oneLine(await reporterName(appeal, { tx, say })),
    voices: appeal.followers.length > 0 ? say('appeal.voices', { count: appeal.followers.length + 1 }) : '',
  });
}

/** Whose appeal it is, for staff; who wanted to stay unnamed does. */
export async function reporterName(appeal: Appeal, { tx, say }: Pick<Acting, 'tx' | 'say'>): Promise<string> {
  if (appeal.anonymous) return say('appeal.anonymousName');
  return appeal.onBehalfOf ?? (await tx.get('people', appeal.person))?.name ?? say('appeal.anonymousName');
}

/** "SQ261123-0174（张奶奶：楼上半夜装修）": which one it was, so that whoever meant another sees it at once. */
export async function namedAppeal(appeal: Appeal, acting: Pick<Acting, 'tx' | 'say'>): Promise<string> {
  return acting.say('appeal.whose', {
    number: appeal.id,
    name: oneLine(await reporterName(appeal, acting)),
    what: shortened(appeal.what, 20),
  });
}

function shortened(what: string, atMost: number): string {
  const line = oneLine(what);
  return line.length > atMost ? `${beginningOf(line, atMost)}…` : line;
}
