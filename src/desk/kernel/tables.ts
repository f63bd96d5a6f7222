import type { AppealKind, AppealState, Move } from '../../domain/appeals/appeal.ts';
import type { Clocked, Wake } from '../../domain/appeals/appeal-clock.ts';
import type { Tally } from '../../domain/people/traffic.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import type { Waiting } from './asked.ts';
import type { Decision } from './message.ts';

/**
 * The rows that the application keeps. Rows are plain JSON, times are ISO strings (UTC), `id` is the identity by
 * which `insert` makes things happen once.
 */
export interface Tables {
  people: Person;
  rooms: Room;
  /** (channel, native id) → our id; belongs to the channels. */
  bindings: Binding;
  /** Message ids already heard. */
  heard: Heard;
  conversations: Conversation;
  questions: Waiting;
  appeals: Appeal;
  deliveries: Delivery;
  editions: Edition;
  newsItems: StaffItem;
  disclosures: Disclosure;
  alarms: Alarm;
  unanswered: Unanswered;
  feedback: Feedback;
  taught: Taught;
  answerChanges: AnswerChange;
  localFacts: LocalValue;
  undos: Undo;
  audit: Audit;
  enrolments: Enrolment;
  originals: Original;
  received: Received;
  discards: Discard;
  chores: ChoreTrouble;
  marks: Mark;
  switches: Switch;
  logins: Login;
  traffic: Traffic;
  blocks: Block;
}

export type Role = 'worker' | 'director';

export interface Person {
  id: string;
  name: string;
  role?: Role;
  /** Whether a private message can arrive, as far as the channel said when it last heard of them. */
  reachable: boolean;
  /** Where an account's ids change with each login: by what its remark names this person (domain/token.ts), and whether it was read back. */
  token?: string;
  tokenSeen?: boolean;
  /** Staff were told to write it into the remark. */
  tokenAsked?: boolean;
  /** After a new login a member of staff has no authority until the PIN was said. */
  asleep?: boolean;
  pin?: { salt: string; hash: string };
  /** When they were told what becomes of what they say. */
  noticedAt?: string;
  /** Gets the regular broadcasts privately since then. */
  subscribedAt?: string;
}

export interface Room {
  id: string;
  name: string;
  kind: 'residents' | 'staff' | 'unbound';
  boundAt?: string;
  /** When the bot speaks without being addressed: never, or when it is very sure. */
  speaks: 'addressed' | 'confident';
  /** After a new login nobody has proved yet which group this is; what is to be said there waits. `code` proves it: /绑定 7K2M. */
  held?: boolean;
  code?: string;
  /** When something was last heard there, to the hour. */
  activeAt?: string;
  /** Until then the account's owner speaks there on the phone. */
  byHandUntil?: string;
  /** Which news it wants: none, or only these categories; absent: all. Urgent notices reach it all the same. */
  news?: 'off' | readonly string[];
}

export interface Binding {
  id: string;
  kind: 'person' | 'room';
  target: string;
}

export interface Heard {
  id: string;
  at: string;
}

/** What a list that was shown is of. */
export type Listed = 'appeals' | 'questions' | 'news' | 'deliveries';

/** What is remembered of a conversation of one person, in private or in a room. */
export interface Conversation {
  id: string;
  /** The topic being talked about, and since when. */
  topic?: string;
  topicAt?: string;
  /** How often in a row the bot had no idea. */
  misses: number;
  /** The number of the menu that is open. */
  menu?: string;
  menuAt?: string;
  /** What was last listed to a member of staff, row by row by ids: "3 办结" means the third. */
  listed?: { of: Listed; rows: string[][]; at: string };
  /** What was said before is no longer a talk with a member of staff. */
  talkEndedAt?: string;
  /** A member of staff answers here by hand until then. */
  takenOverUntil?: string;
  /** Absent while taken over: the account's owner, on the phone, who sees the chat without us. */
  takenOverBy?: string;
}

/** An appeal while it is being taken down. */
export interface Draft {
  /** The message that began it: two drafts of one person are two matters. */
  begun?: string;
  category: string;
  kind: AppealKind;
  what?: string;
  place?: string;
  anonymous: boolean;
  files: string[];
  /** Whether the place was asked for twice: then whatever is said counts. */
  askedAgain?: boolean;
  /** What else was told in the same message: filed with it, each as a matter of its own. */
  also?: AlsoTold[];
  /** 代报: for whom staff take it down, when the bot knows them, or their name. */
  forPerson?: string;
  onBehalfOf?: string;
}

/** Another matter that was told in one message. */
export interface AlsoTold {
  category: string;
  kind: AppealKind;
  what: string;
  place?: string;
}

export interface Appeal extends Clocked {
  /** The number that the resident was given. */
  id: string;
  state: AppealState;
  kind: AppealKind;
  category: string;
  what: string;
  place?: string;
  urgent: boolean;
  anonymous: boolean;
  /** Who told it; for what staff took down on the telephone, the member of staff. */
  person: string;
  /** 代报: the name of whom staff filed it for, when that is nobody the bot knows. */
  onBehalfOf?: string;
  /** The group it was reported in. */
  room?: string;
  files: string[];
  /** Since when it is theirs, when who told it first has left it to them: what was said before was not said to them. */
  leftAt?: string;
  createdAt: string;
  /** Counts the times it was taken up: 1, and one more with each reopening. */
  round: number;
  startedAt: string;
  firstWordBy?: string;
  /** The first word of a person of staff to the resident. */
  firstWordAt?: string;
  answerBy?: string;
  /** Whether the deadline was put off; that is done once. */
  extended?: boolean;
  pausedAt?: string;
  resolvedAt?: string;
  told: Wake[];
  /** When the clock next has something to say of it. */
  wakeAt?: string;
  handler?: string;
  result?: string;
  /** To whom it was handed on. */
  referredTo?: string;
  /** Others with the same problem: they hear of its progress. */
  followers: Follower[];
  /** The appeal into which this one was merged. */
  into?: string;
  /** What the resident said of each round that was done. */
  ratings: Rating[];
  /** 留言板: whether it may be shown, with its answer, in the news. */
  mayPublish?: boolean;
  /** yyyy-MM-dd of the last 催, and how many there were. */
  urgedOn?: string;
  urges?: number;
  history: AppealStep[];
  /** Whether everything personal was taken out of it. */
  erased?: true;
}

export interface Follower {
  person: string;
  at: string;
  /** The number of the appeal that was merged, by which they came. */
  merged?: string;
  /** The pictures of the appeal that are theirs. */
  files?: string[];
}

/** What the resident said when a round was done. */
export interface Rating {
  round: number;
  solved: 'yes' | 'partly' | 'no' | 'dropped';
  satisfied?: 'yes' | 'fairly' | 'no';
  at: string;
}

export interface AppealStep {
  at: string;
  actor: string;
  move: Move | 'register' | 'undo';
  to: AppealState;
  text?: string;
}

export type DeliveryState = 'queued' | 'sending' | 'sent' | 'unsure' | 'failed' | 'waiting';

/** Something to be said, from the moment it is decided until it was said. */
export interface Delivery {
  id: string;
  /** Grows by one with every delivery: within a conversation they are sent in this order. */
  sequence: number;
  kind: 'reply' | 'notice' | 'broadcast';
  person?: string;
  room?: string;
  text: string;
  /** Whether the text is sealed: it is opened when it is sent, and forgotten then, its file too. */
  sealed?: true;
  file?: string;
  state: DeliveryState;
  attempts: number;
  /** Not to be sent before. */
  notBefore: string;
  createdAt: string;
  edition?: string;
  /** Pictures that follow the text. */
  files?: string[];
  /** How many of its messages have surely gone: a text that is long is sent in parts. */
  sentParts?: number;
  /** Help for somebody in danger, or a word to those who must act now: said also while the account is limited. */
  urgent?: boolean;
  /** A broadcast that cannot wait until morning. */
  atNight?: boolean;
  /** Whose words it passes on. */
  about?: string;
  /** Taken back while it was being sent: if it did not arrive, it is not sent again. */
  takenBack?: true;
  error?: string;
}

/**
 * draft 拟, reviewed 审, released 定 (its text is frozen and its time is set), planned 发 (its deliveries are in the ledger), done;
 * withheld: not sent unless somebody goes on; skipped: its time passed; withdrawn: what was not sent yet is not.
 */
export type EditionState = 'draft' | 'reviewed' | 'released' | 'planned' | 'done' | 'withheld' | 'skipped' | 'withdrawn';

/** One issue of a broadcast; its id is its broadcast and the day of its slot, so that it exists once. */
export interface Edition {
  id: string;
  title: string;
  /** As its groups read it; until it is released, as it was last drafted or reviewed. */
  text: string;
  state: EditionState;
  plannedAt: string;
  /** The parts of the text, so that a group which wants only some of them gets those. */
  sections?: { category: string; text: string }[];
  /** What the drafter says before the news. */
  intro?: string;
  /** The ids of the items and notes that it holds: what one edition said the next does not say again. */
  items?: string[];
  files?: string[];
  /** The names of the groups that it goes to, where not to all. */
  groups?: readonly string[];
  sendAt?: string;
  draftedBy?: string;
  reviewedBy?: string;
  releasedBy?: string;
  pausedAt?: string;
  urgent?: boolean;
  /** How it went, once it is done. */
  result?: { sent: number; unsure: number; failed: number };
}

/** An item of news that staff wrote in chat. */
export interface StaffItem {
  id: string;
  title: string;
  text: string;
  category: string;
  /** yyyy-MM-dd */
  date: string;
  expires?: string;
  files: string[];
  by: string;
  at: string;
  /** When it went out; before that residents do not read it. */
  publishedAt?: string;
  /** Went out by itself at once: no edition repeats it. */
  urgent?: boolean;
  /** Taken back: nobody is told of it any more. */
  removedAt?: string;
}

/** The record that something disclosed (居务公开) was readable; its id is the item. Days are yyyy-MM-dd in Shanghai. */
export interface Disclosure {
  id: string;
  title: string;
  firstDay: string;
  lastDay: string;
  /** On how many days the bot was there to tell it. */
  days: number;
}

/** An emergency until a member of staff says /收到. */
export interface Alarm {
  /** The number of its appeal; or the conversation in which it was asked whether somebody is in danger. */
  id: string;
  appeal?: string;
  /** The words that were unsure, until the resident answers. */
  asked?: { person: string; emergency: string; text: string };
  /** When staff are paged, or paged again. */
  nextAt: string;
  pages: number;
}

/** A question that had no answer, without personal data; its id is its bare words. */
export interface Unanswered {
  id: string;
  text: string;
  /** When it was last asked. */
  at: string;
  count: number;
  /** The topic that came nearest, for staff to begin with. */
  guess?: string;
}

/** What residents showed about an answer: a choice they made, or that it was wrong. */
export interface Feedback {
  id: string;
  text: string;
  topic: string;
  verdict: 'chosen' | 'rejected';
  /** Who it was: only what two people chose alike becomes a lesson. */
  person: string;
  at: string;
}

/** A phrasing that staff have added to a topic; its id is its bare words. */
export interface Taught {
  id: string;
  text: string;
  topic: string;
  facet?: Facet;
  /** Taken from unanswered questions, or written by staff. */
  origin: 'adopted' | 'added';
  by: string;
  at: string;
}

/** What staff have changed about a shipped answer; its id is the topic. */
export interface AnswerChange {
  id: string;
  /** What is said instead of the shipped lead. */
  lead?: { text: string; by: string; at: string };
  /** Not to be said for the time being. */
  stopped?: { by: string; at: string };
}

/** A local fact as staff filled it in; its id is that of the fact. */
export interface LocalValue {
  id: string;
  value: string;
  by: string;
  at: string;
}

/** The last step of a member of staff on appeals, as long as it can be taken back; its id is the person. */
export interface Undo {
  id: string;
  at: string;
  /** The appeals that it changed as they were, and how many steps they had after it. */
  before: { appeal: Appeal; steps: number }[];
  /** Who was told of it. */
  told: string[];
}

/** An act of a person or of the clock; its id counts up. Only ids, no words: it outlives what it is about. */
export interface Audit {
  id: string;
  at: string;
  actor: string;
  act: string;
  target?: string;
  allowed: boolean;
  /** A digest over this row and that of the one before. */
  chain?: string;
}

/** The one-time code by which the first director is made. */
export interface Enrolment {
  id: string;
  code: string;
  expiresAt: string;
  attemptsLeft: number;
}

/** A message as it was typed, with its numbers, sealed; its id is that of the message. */
export interface Original {
  id: string;
  person: string;
  /** Where it was said. */
  conversation: string;
  /** The appeals that it belongs to; none while it is still being taken down. */
  appeals: string[];
  sealed: string;
  at: string;
}

/** A picture or file that came with a message; its id is its name. Until it is known whether anything needs it. */
export interface Received {
  id: string;
  at: string;
}

/** A file that is to be removed from the disk; its id is its name. */
export interface Discard {
  id: string;
  at: string;
}

/** A chore that fails; its id is the chore's. There is a row only while it fails. */
export interface ChoreTrouble {
  id: string;
  /** Since when, and how often in a row. */
  since: string;
  failures: number;
  /** It is not tried before. */
  nextAt: string;
}

/** Something that was done or said and is not done again; its id is what, and for which day, month, edition or person. */
export interface Mark {
  id: string;
  /** Until when it is remembered. */
  until: string;
  /** Whose doings it tells of. */
  person?: string;
}

/**
 * `outbox`: what was queued before `since` is held back until staff let it go. `duty`: who is called first when somebody
 * is in danger. `content`: counts the changes that staff have made to content. `audit`: the digest of the last act.
 * `limited`: WeChat limits the account; nothing is sent before `until`, no broadcast before `broadcastsFrom`. `broadcasts`: when
 * the last one was sent, when the next may be, and how many there were on that day.
 */
export interface Switch {
  id: 'outbox' | 'duty' | 'content' | 'audit' | 'limited' | 'broadcasts';
  since: string;
  person?: string;
  /** Who is on duty on which day of the week (0 = Sunday), where that differs. */
  roster?: Record<number, string>;
  revision?: number;
  head?: string;
  until?: string;
  broadcastsFrom?: string;
  /** How often in a row the account was limited. */
  times?: number;
  nextAt?: string;
  count?: number;
}

/** How much was said to the bot of late; its id is the person or the room, or `own-data/` and the person. */
export interface Traffic extends Tally {
  id: string;
}

/** 拉黑: whom the bot does not answer until then, but for danger; its id is the person. */
export interface Block {
  id: string;
  until: string;
  reason: string;
  by: string;
  at: string;
}

/** The login in which a channel's bindings were made; its id is the channel's name. */
export interface Login {
  id: string;
  /** The account's own id in it. */
  self: string;
  since: string;
  /** When the channel was last surely in touch; what was said after it may not have been heard. */
  aliveAt: string;
  /** Setting remarks was tried on this account and did nothing. */
  remarksFail?: boolean;
}

export type TableName = keyof Tables;
export type { Decision };
