import { inShanghai } from '../../domain/time/clock-time.ts';
import type { WorkingTime } from '../../domain/time/working-time.ts';
import type { Facet, Understood } from '../../domain/understanding/result.ts';
import type { Masked } from '../../domain/words/masking.ts';
import type { AllTraits, Asked, Question } from './asked.ts';
import type { Command } from './command.ts';
import type { Snapshot } from './content.ts';
import type { Decision, Lacking, Message, Reply } from './message.ts';
import type { OfficeTime } from './office-time.ts';
import type { Papers } from './papers.ts';
import type { Backups, Ids, Secrets, Transaction, Vault } from './ports.ts';
import type { Conversation, Person, Room } from './rows.ts';
import type { Say } from './say.ts';
import type { Street } from './street.ts';

/** Everything a handler may look at and change while one message is being answered, rooms' own things added. It lives inside one transaction. */
export interface Turn {
  readonly message: Message;
  /** The account that heard it, and whether ids on it survive a login. */
  readonly account: string;
  readonly idsLast: boolean;
  /** What was said, with personal numbers masked and the bot's name taken off. */
  readonly text: string;
  /** The same with its numbers: only for what staff write to be read by everybody, such as the office's telephone. */
  readonly raw: string;
  /** The personal numbers that were masked in it, in order. */
  readonly numbers: Masked['found'];
  readonly person: Person;
  readonly room: Room | undefined;
  readonly understood: Understood;
  /** What the same person said here within ten minutes and what was not dealt with as danger, the oldest first. */
  readonly lately: readonly string[];
  /** The question this person was asked last in this conversation, if it still waits for an answer, and what it covers. */
  readonly asked: Asked | undefined;
  readonly covered: readonly Asked[];
  /** Every kind of question that can be asked. */
  readonly questions: AllTraits;
  /** Every command, in the order of /帮助. */
  readonly commands: readonly Command[];
  /** Changes to it are kept when the turn ends. */
  readonly conversation: Conversation;
  readonly tx: Transaction;
  readonly now: Date;
  readonly ids: Ids;
  readonly content: Snapshot;
  /** The office's working time, and whether a day of it may be promised. */
  readonly time: WorkingTime;
  readonly knows: OfficeTime['knows'];
  readonly say: Say;
  readonly vault: Vault;
  readonly backups: Backups | undefined;
  readonly papers: Papers | undefined;
  readonly street: Street | undefined;
  /** The address of the public site; undefined: nothing that is said has a link. */
  readonly siteUrl: string | undefined;
  readonly secrets: Secrets | undefined;
  /** To how many characters words were cut that are kept of this message; none where all of it is. */
  readonly cut: Set<number>;
}

export interface Outcome {
  readonly decision: Decision;
  readonly topic?: string | null;
  readonly facet?: Facet | null;
  readonly replies: readonly Reply[];
  /** Of a report that was filled in on a page: what is missing. Nothing of it is kept. */
  readonly lacking?: Lacking;
}

/** Answers a message, or leaves it to the next handler. The first that answers wins. */
export type Handler = (turn: Turn) => Promise<Outcome | undefined>;

/**
 * An error that is the person's to mend; its message is a sentence for them. Thrown anywhere in a turn it takes back everything that the
 * turn wrote; what is then kept is that the message was heard, and what stands here.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** The command that was refused, for the audit trail. */
  act?: string;
  /** How it is told, where the sentence is not just said where the message was. */
  replies?: readonly Reply[];
  /** The question of ours that the message answered: it is over all the same. */
  answered?: Question | undefined;
}

/** A report that was filled in lacks something: nothing of its turn is kept, and whoever filled it in is asked. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
  readonly lacking: Lacking;
  constructor(lacking: Lacking) {
    super(`a report lacks: ${lacking.field}`);
    this.lacking = lacking;
  }
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

/** The day (yyyy-MM-dd) in Shanghai on which a turn is taken. */
export function todayOf({ now }: Pick<Turn, 'now'>): string {
  return inShanghai(now).date;
}

/** How long a topic is "what we are talking about", in minutes. */
const topicMinutes = 10;

/** Whether a topic is still talked about in a conversation. */
export function isTalkedAbout({ topicAt }: Conversation, now: Date): boolean {
  return topicAt !== undefined && now.getTime() - Date.parse(topicAt) <= topicMinutes * 60_000;
}

/** The topic that is being talked about. */
export function talkedOf({ conversation, now }: Pick<Turn, 'conversation' | 'now'>): string | undefined {
  return isTalkedAbout(conversation, now) ? conversation.topic : undefined;
}

/** Notes what is being talked about, so that "那要带什么" can be read against it; `told` is what was said of it so far. */
export function talkAbout(turn: Turn, topic: string, told: readonly string[] = []): void {
  turn.conversation.topic = topic;
  turn.conversation.told = [...told];
  turn.conversation.topicAt = turn.now.toISOString();
  turn.conversation.misses = 0;
}
