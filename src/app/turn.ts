import { plusMinutes } from '../domain/clock-time.ts';
import type { Facet, Understood } from '../domain/understanding/result.ts';
import type { WorkingTime } from '../domain/working-time.ts';
import type { Snapshot } from './content.ts';
import type { Decision, Message, Reply } from './message.ts';
import type { Backups, Ids, Transaction } from './ports.ts';
import type { Say } from './say.ts';
import type { Conversation, Pending, PendingQuestion, Person, Room } from './tables.ts';

/** Everything a handler may look at and change while one message is being answered. It lives inside one transaction. */
export interface Turn {
  readonly message: Message;
  /** What was said, with personal numbers masked and the bot's name taken off. */
  readonly text: string;
  /** The same with its numbers: only for what staff write to be read by everybody, such as the office's telephone. */
  readonly raw: string;
  readonly person: Person;
  readonly room: Room | undefined;
  readonly understood: Understood;
  /** The question this person was asked in this conversation, if it still waits for an answer. */
  readonly pending: Pending | undefined;
  /** Changes to it are kept when the turn ends. */
  readonly conversation: Conversation;
  readonly tx: Transaction;
  readonly now: Date;
  readonly ids: Ids;
  readonly content: Snapshot;
  /** The office's working time. */
  readonly time: WorkingTime;
  readonly say: Say;
  readonly backups: Backups | undefined;
}

export interface Outcome {
  readonly decision: Decision;
  readonly topic?: string | null;
  readonly facet?: Facet | null;
  readonly replies: readonly Reply[];
}

/** Answers a message, or leaves it to the next handler. The first that answers wins. */
export type Handler = (turn: Turn) => Promise<Outcome | undefined>;

/** An error that is the person's to mend; its message is a sentence for them. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** One conversation is one person in private, or one person in one room. */
export function conversationId(message: Pick<Message, 'person' | 'room'>): string {
  return message.room === undefined ? message.person : `${message.room}/${message.person}`;
}

/** A reply where the message was said. */
export function here(turn: Turn, text: string, file?: string): Reply {
  const to = turn.room ? { room: turn.room.id, person: turn.person.id } : { person: turn.person.id };
  return { to, text, kind: 'reply', ...(file === undefined ? {} : { file }) };
}

/** A reply that only this person sees. */
export function privately(turn: Turn, text: string, file?: string): Reply {
  return { to: { person: turn.person.id }, text, kind: 'reply', ...(file === undefined ? {} : { file }) };
}

/** Puts a question to the person; the newest question owns short answers until it expires. */
export async function ask(turn: Turn, question: PendingQuestion, minutes: number): Promise<void> {
  await turn.tx.put('pending', {
    id: turn.conversation.id,
    question,
    expiresAt: plusMinutes(turn.now, minutes).toISOString(),
  });
}

/** Takes the waiting question back: it was answered, or it no longer matters. */
export async function settle(turn: Turn): Promise<void> {
  await turn.tx.remove('pending', turn.conversation.id);
}

/** Notes what is being talked about, so that "那要带什么" can be read against it. */
export function talkAbout(turn: Turn, topic: string): void {
  turn.conversation.topic = topic;
  turn.conversation.topicAt = turn.now.toISOString();
  turn.conversation.misses = 0;
}
