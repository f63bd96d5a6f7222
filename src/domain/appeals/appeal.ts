/** What a resident may want with an appeal (《信访工作条例》的分类口径). */
export const appealKinds = ['咨询', '求助', '投诉', '举报', '建议', '表扬'] as const;
export type AppealKind = (typeof appealKinds)[number];

/** Whether residents are asked if it is solved: praise is not there to be solved. */
export const isJudged = (kind: AppealKind | undefined): boolean => kind !== '表扬';

const open = ['registered', 'accepted', 'in_progress', 'waiting_resident', 'referred'] as const;
const closed = ['declined', 'resolved', 'archived', 'merged', 'withdrawn'] as const;

export const appealStates = [...open, ...closed] as const;
export type AppealState = (typeof appealStates)[number];

/** What may be done to an appeal, by staff or by the resident. */
export const moves = [
  'accept',
  'assign',
  'answer',
  'note',
  'ask',
  'supplement',
  'refer',
  'extend',
  'decline',
  'resolve',
  'rate',
  'archive',
  'reopen',
  'merge',
  'split',
  'withdraw',
  'urge',
  'follow',
] as const;
export type Move = (typeof moves)[number];

/** Where a move may start and where it leads; `to` null leaves the state as it is, but for the states in `but`. */
export interface Transition {
  readonly from: readonly AppealState[];
  readonly to: AppealState | null;
  readonly but?: Partial<Record<AppealState, AppealState>>;
}

const begun = { registered: 'accepted' } as const;

/**
 * The whole life of an appeal: the one table that says which move is legal in which state. A move that implies
 * earlier ones (办结 on a registered appeal also accepts it) lists their states as its own.
 */
export const transitions: Readonly<Record<Move, Transition>> = {
  accept: { from: ['registered'], to: 'accepted' },
  assign: { from: open, to: 'in_progress' },
  answer: { from: [...open, 'resolved'], to: null, but: begun },
  note: { from: [...open, ...closed], to: null },
  ask: { from: ['registered', 'accepted', 'in_progress', 'referred'], to: 'waiting_resident' },
  supplement: { from: open, to: null, but: { waiting_resident: 'in_progress' } },
  refer: { from: open, to: 'referred' },
  extend: { from: ['registered', 'accepted', 'in_progress', 'referred'], to: null, but: begun },
  decline: { from: ['registered', 'accepted', 'in_progress', 'waiting_resident'], to: 'declined' },
  resolve: { from: open, to: 'resolved' },
  rate: { from: ['resolved', 'archived'], to: 'archived' },
  archive: { from: ['resolved', 'declined'], to: 'archived' },
  reopen: { from: ['resolved', 'archived', 'declined'], to: 'in_progress' },
  merge: { from: open, to: 'merged' },
  split: { from: ['merged'], to: 'in_progress' },
  withdraw: { from: open, to: 'withdrawn' },
  urge: { from: open, to: null },
  follow: { from: open, to: null },
};

export const openStates: readonly AppealState[] = open;

/** Whether it counts among what was told: not what was taken back, nor what goes on under another number. */
export function isCounted(state: AppealState): boolean {
  return state !== 'withdrawn' && state !== 'merged';
}

/** The state after the move, or nothing when the move is not legal in this state. */
export function after(state: AppealState, move: Move): AppealState | undefined {
  const { from, to, but } = transitions[move];
  return from.includes(state) ? (but?.[state] ?? to ?? state) : undefined;
}

/** Work that nobody does on an appeal without having taken it on. */
const impliesAcceptance: readonly Move[] = ['assign', 'answer', 'ask', 'refer', 'extend', 'resolve'];

/** The steps that a move records: itself, and before it those that it implies. */
export function stepsOf(state: AppealState, move: Move): Move[] {
  return state === 'registered' && impliesAcceptance.includes(move) ? ['accept', move] : [move];
}

/** The moves that are legal in a state, in the order of the table. */
export function legalMoves(state: AppealState): Move[] {
  return (Object.keys(transitions) as Move[]).filter((move) => transitions[move].from.includes(state));
}
