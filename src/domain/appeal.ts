/** What a resident may want with an appeal (《信访工作条例》的分类口径). */
export const appealKinds = ['咨询', '求助', '投诉', '举报', '建议', '表扬'] as const;
export type AppealKind = (typeof appealKinds)[number];

export type AppealState =
  | 'registered'
  | 'accepted'
  | 'in_progress'
  | 'waiting_resident'
  | 'referred'
  | 'declined'
  | 'resolved'
  | 'archived'
  | 'merged'
  | 'withdrawn';

/** What may be done to an appeal. */
export type Move =
  | 'accept'
  | 'assign'
  | 'answer'
  | 'ask'
  | 'supplement'
  | 'refer'
  | 'extend'
  | 'decline'
  | 'resolve'
  | 'rate'
  | 'archive'
  | 'reopen'
  | 'merge'
  | 'split'
  | 'withdraw';

/** Where a move may start and where it leads; `to` null leaves the state as it is. */
export interface Transition {
  readonly from: readonly AppealState[];
  readonly to: AppealState | null;
}

const open = ['registered', 'accepted', 'in_progress', 'waiting_resident', 'referred'] as const;

/**
 * The whole life of an appeal: the one table that says which move is legal in which state. A move that
 * implies earlier ones (办结 on a registered appeal also accepts it) lists their states as its own.
 */
export const transitions: Readonly<Record<Move, Transition>> = {
  accept: { from: ['registered'], to: 'accepted' },
  assign: { from: open, to: 'in_progress' },
  answer: { from: [...open, 'resolved'], to: null },
  ask: { from: ['registered', 'accepted', 'in_progress', 'referred'], to: 'waiting_resident' },
  supplement: { from: ['waiting_resident'], to: 'in_progress' },
  refer: { from: ['registered', 'accepted', 'in_progress', 'waiting_resident'], to: 'referred' },
  extend: { from: open, to: null },
  decline: { from: ['registered', 'accepted', 'in_progress', 'waiting_resident'], to: 'declined' },
  resolve: { from: open, to: 'resolved' },
  rate: { from: ['resolved', 'archived'], to: 'archived' },
  archive: { from: ['resolved', 'declined'], to: 'archived' },
  reopen: { from: ['resolved', 'archived', 'declined'], to: 'in_progress' },
  merge: { from: open, to: 'merged' },
  split: { from: ['merged'], to: 'in_progress' },
  withdraw: { from: open, to: 'withdrawn' },
};

export const openStates: readonly AppealState[] = open;

/** The state after the move, or nothing when the move is not legal in this state. */
export function after(state: AppealState, move: Move): AppealState | undefined {
  const { from, to } = transitions[move];
  return from.includes(state) ? (to ?? state) : undefined;
}

/** The moves that are legal in a state, in the order of the table. */
export function legalMoves(state: AppealState): Move[] {
  return (Object.keys(transitions) as Move[]).filter((move) => transitions[move].from.includes(state));
}
