import type { Move } from '../../domain/appeals/appeal.ts';
import type { Period } from '../../domain/time/period.ts';
import type { PersonalKind } from '../../domain/words/masking.ts';
import type { Reply } from './message.ts';
import type { Person, Role } from './rows.ts';
import type { Turn } from './turn.ts';

/** What a command was given, looked up and checked against its declaration. Rooms add what is theirs. */
export interface Call {
  readonly person?: Person;
  /** The id of a topic of the knowledge base. */
  readonly topic?: string;
  /** The id of a local fact. */
  readonly fact?: string;
  /** A day, yyyy-MM-dd in Shanghai. */
  readonly due?: string;
  /** A number of days. */
  readonly days?: number;
  /** A number of minutes. */
  readonly minutes?: number;
  /** A stretch of time to report on. */
  readonly period?: Period;
  /** A row of the list that was shown last, from 1. */
  readonly row?: number;
  /** What was found lacking in it and sent all the same. */
  readonly despite?: readonly string[];
  /** The rest of the line. */
  readonly text: string;
}

export type Argument = Exclude<keyof Call, 'despite'>;

/** Something that seems lacking in what is about to be done, as whoever does it reads it. */
export interface Doubt {
  readonly id: string;
  readonly text: string;
}

/** What staff write to a resident keeps the office's telephone numbers; what the office says to everybody, its mobile ones too. */
export const maskedToOne: readonly PersonalKind[] = ['id', 'card', 'permit', 'plate', 'mobile'];
export const maskedToAll: readonly PersonalKind[] = ['id', 'card', 'permit', 'plate'];

/** A command of the staff. Its one declaration gives parser, permission, usage and help; its words are in data/commands.yaml. */
export interface Command<A = unknown> {
  /** The key of its words in data/commands.yaml. */
  readonly id: string;
  readonly role: Role;
  /** What must be given for it to run; what is missing is asked for. */
  readonly needs: readonly Argument[];
  /** What may be given besides. */
  readonly accepts?: readonly Argument[];
  /** The move that it makes on the appeal; illegal ones are refused before it runs, and it can be taken back for a minute. */
  readonly move?: Move;
  /** Whether the person that it is given is one of the staff: a resident of that name is passed over. */
  readonly colleague?: boolean;
  /** Whether the group may read the result; otherwise it is told privately and the group sees "✓". */
  readonly open?: boolean;
  /** Whether there is such a command at this desk; absent: at every one. Elsewhere /帮助 does not name it. */
  when?(turn: Turn): boolean;
  /** Whether it is meant for a group that is not the staff's. */
  readonly anywhere?: boolean;
  /** Whether its verb alone is the command in private, without a slash. */
  readonly bare?: boolean;
  /** Whether without a slash its verb may run on into its text ("3办结修好了"); of others that is chatter ("1 转了没有"). */
  readonly runsOn?: boolean;
  /** Which numbers are masked in its text: all of them, unless it is meant to be read by residents. */
  readonly masks?: readonly PersonalKind[];
  /**
   * What exactly will be done, by ids and moments, as plain JSON, where the line alone does not say: what is confirmed is done, whatever
   * the clock says by then. Writes nothing.
   */
  resolve?(turn: Turn, call: Call): Promise<A>;
  /** What will be done, said before it is done and confirmed by a code: only for what cannot be undone or reaches many. Writes nothing. */
  confirm?(turn: Turn, call: Call, act: A): Promise<string | undefined>;
  /** What seems lacking, looked at once more and done all the same by one key: never a refusal. Writes nothing. */
  doubts?(turn: Turn, call: Call): Promise<readonly Doubt[]>;
  /** Does it; `act` is what was resolved. */
  run(turn: Turn, call: Call, act: A): Promise<readonly Reply[]>;
}
