import { type AppealState, isJudged, openStates } from '../../domain/appeals/appeal.ts';
import type { Proof } from '../../domain/supervision/day.ts';
import { plusDays } from '../../domain/time/clock-time.ts';
import { writtenSecret } from '../appeals/case-keys.ts';
import { ratingOf } from '../appeals/moves.ts';
import { reopenDays } from '../appeals/rating.ts';
import type { Appeal, AppealStep } from '../appeals/rows.ts';
import type { Snapshot } from '../kernel/content.ts';

/** Moves that a voice sees; what staff note and how they hand it to each other stays theirs. */
const shownMoves = [
  'register',
  'accept',
  'answer',
  'ask',
  'supplement',
  'refer',
  'extend',
  'decline',
  'resolve',
  'rate',
  'reopen',
  'merge',
  'split',
  'withdraw',
  'urge',
] as const satisfies readonly AppealStep['move'][];
type ShownMove = (typeof shownMoves)[number];

/** A step of a case as one of its voices reads it. */
export interface CaseStep {
  readonly at: string;
  readonly move: ShownMove;
  /** What was said with it, where it was said to or by this voice. */
  readonly text?: string;
}

/** A case as one of its voices sees it on its page. */
export interface CaseView {
  readonly number: string;
  readonly state: AppealState;
  readonly category: string;
  readonly kind: Appeal['kind'];
  /** Absent for who has only joined: the words are another's. */
  readonly what?: string;
  readonly place?: string;
  readonly createdAt: string;
  /** By when it is to be answered, while that is open and may be promised. */
  readonly answerBy?: string;
  readonly result?: string;
  readonly referredTo?: string;
  /** How many have told of it. */
  readonly voices: number;
  readonly pictures: number;
  /** What happens now, or how to stay safe meanwhile. */
  readonly advice?: string;
  readonly steps: readonly CaseStep[];
  readonly can: { readonly add: boolean; readonly withdraw: boolean; readonly rate: boolean };
  /** Whether it waits for this voice to say something. */
  readonly waitsForYou: boolean;
  readonly secret: string;
  /** What shows that it was in the figures of the last sealed day, as it was then. */
  readonly proof?: Proof;
}

/** Whose words are said to the reporter. */
const saidToReporter: ReadonlySet<ShownMove> = new Set(['answer', 'ask', 'extend', 'decline']);

export interface Viewing {
  readonly content: Snapshot;
  readonly now: Date;
  readonly knows: (at: Date) => boolean;
}

/** An appeal as `who`, one of its voices, may see it. */
export function caseView(appeal: Appeal, who: string, secret: string, { content, now, knows }: Viewing): CaseView {
  const { id, state, kind, category, what, place, createdAt, answerBy, result, referredTo, leftAt = '' } = appeal;
  const mine = appeal.person === who;
  const open = openStates.includes(state);
  const since = mine ? leftAt : (appeal.followers.find(({ person }) => person === who)?.at ?? '');
  const steps = appeal.history.flatMap(({ at, move: made, text, actor }): CaseStep[] => {
    const move = shownMoves.find((each) => each === made);
    if (!move || (at < since && move !== 'register') || (move === 'supplement' && actor !== who && !mine)) return [];
    const told = actor === who || move === 'resolve' || (mine && saidToReporter.has(move));
    return [{ at, move, ...(told && text !== undefined && text !== '' ? { text } : {}) }];
  });
  const recent = (appeal.resolvedAt ?? '') >= plusDays(now, -reopenDays).toISOString();
  const advice = open && mine ? content.categories.get(category)?.advice : undefined;
  return {
    number: id,
    state,
    kind,
    category: content.titles.get(category) ?? '',
    ...(mine && !appeal.erased ? { what } : {}),
    ...(place === undefined || !(mine || openStates.includes(state)) ? {} : { place }),
    createdAt,
    ...(open && answerBy !== undefined && knows(new Date(answerBy)) ? { answerBy } : {}),
    ...(result === undefined ? {} : { result }),
    ...(referredTo === undefined || state !== 'referred' ? {} : { referredTo }),
    voices: appeal.followers.length + 1,
    pictures: mine ? appeal.files.length : 0,
    ...(advice === undefined ? {} : { advice }),
    steps,
    can: {
      add: open,
      withdraw: open && mine,
      rate: mine && isJudged(kind) && ['resolved', 'archived'].includes(state) && recent && ratingOf(appeal)?.satisfied === undefined,
    },
    waitsForYou: mine && state === 'waiting_resident',
    secret: writtenSecret(secret),
  };
}
