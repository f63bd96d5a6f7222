import type { Move } from '../../domain/appeal.ts';
import type { Reply } from '../message.ts';
import type { Appeal, Person, Role } from '../tables.ts';
import type { Turn } from '../turn.ts';

/** What a command was given, looked up and checked against its declaration. */
export interface Call {
  readonly appeal?: Appeal;
  readonly person?: Person;
  /** The rest of the line. */
  readonly text: string;
}

export type Argument = 'appeal' | 'person' | 'text';

/** A command of the staff. Its one declaration gives parser, permission, usage and help; its words are in data/commands.yaml. */
export interface Command {
  /** The key of its words in data/commands.yaml. */
  readonly id: string;
  readonly role: Role;
  /** What must be given for it to run; what is missing is asked for. */
  readonly needs: readonly Argument[];
  /** What may be given besides. */
  readonly accepts?: readonly Argument[];
  /** The move that it makes on the appeal; illegal ones are refused before it runs. */
  readonly move?: Move;
  /** Whether the group may read the result; otherwise it is told privately and the group sees "✓". */
  readonly open?: boolean;
  /** Whether it is meant for a group that is not the staff's. */
  readonly anywhere?: boolean;
  run(turn: Turn, call: Call): Promise<readonly Reply[]>;
}
