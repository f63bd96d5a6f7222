import { z } from 'zod';
import { fileName, idPath, personId, roomId, time } from './fields.ts';
import { standingsOf, withStandings } from './standing.ts';
import { table } from './table.ts';

/** The rows that a turn itself needs, whatever it is about; those of a matter are in its room. */
declare module './table.ts' {
  interface Tables {
    people: Person;
    rooms: Room;
    /** (account, native id) → our id; belongs to the accounts. */
    bindings: Binding;
    /** Message ids already heard. */
    heard: Heard;
    conversations: Conversation;
    audit: Audit;
    chores: ChoreTrouble;
    marks: Mark;
    received: Received;
    discards: Discard;
    switches: Switch;
    absences: Absence;
  }
}

const role = z.enum(['worker', 'director']);
export type Role = z.infer<typeof role>;

const standing = z.object({
  /** Whether a private message can arrive there, as far as the account said when it last heard of them. */
  reachable: z.boolean(),
  /** After a new login of it a member of staff has no authority there until it was proved again. */
  asleep: z.literal(true).exactOptional(),
});
/** How somebody stands on one account. */
export type Standing = z.infer<typeof standing>;

const person = z.object({
  id: personId,
  name: z.string(),
  /** The account tells no names, and they have not said what to call them. */
  nameless: z.literal(true).exactOptional(),
  role: role.exactOptional(),
  /** Whether a private message can arrive, on any account that knows them. */
  reachable: z.boolean(),
  /** By the name of each account that knows them; absent: on WeChat alone, as this row says (kernel/standing.ts). */
  accounts: z.record(z.string(), standing).exactOptional(),
  /** On which account they wrote privately last; absent: WeChat. */
  account: z.string().exactOptional(),
  /** Of the staff: on which account they want to be written to. */
  inbox: z.string().exactOptional(),
  /** Reported on the site: reads what comes of it there, and cannot be written to. */
  onPage: z.literal(true).exactOptional(),
  /** Where an account's ids change with each login: by what its remark names this person (domain/people/token.ts), and whether it was read back. */
  token: z.string().exactOptional(),
  tokenSeen: z.boolean().exactOptional(),
  /** Staff were told to write it into the remark. */
  tokenAsked: z.boolean().exactOptional(),
  /** After a new login a member of staff has no authority, on any account, until the PIN was said. */
  asleep: z.boolean().exactOptional(),
  pin: z.object({ salt: z.string(), hash: z.string() }).exactOptional(),
  /** Of the staff, whose name is frozen when they are enrolled: what they call themselves on WeChat, where that is something else. */
  nickname: z.string().exactOptional(),
  /** When they were told what becomes of what they say. */
  noticedAt: time.exactOptional(),
  /** Gets the regular broadcasts privately since then. */
  subscribedAt: time.exactOptional(),
});
export type Person = z.infer<typeof person>;

const people = table<Person>({
  row: person,
  indexes: [{ equal: ['role'] }, { equal: ['name'] }, { equal: ['token'] }, { equal: ['reachable'], order: 'subscribedAt' }],
  // Passers-by are forgotten each night (people/strangers.ts).
  kept: 'always',
  // The row stays, so that the last word reaches them.
  deletion: ({ id, reachable, accounts, account }) => ({
    id,
    name: '',
    reachable,
    ...(accounts === undefined ? {} : { accounts }),
    ...(account === undefined ? {} : { account }),
  }),
  joined: joinedPerson,
});

/** Somebody as the account sees them now, with what they were told, wanted and were marked by under either id. */
function joinedPerson(newer: Person, older: Person): Person {
  const { token, tokenSeen } = newer.tokenSeen ? newer : older;
  const [noticedAt] = earlier(newer.noticedAt, older.noticedAt);
  const [subscribedAt] = earlier(newer.subscribedAt, older.subscribedAt);
  const { account: _, ...kept } = older;
  const joined = withStandings(
    {
      ...kept,
      ...(newer.account === undefined ? {} : { account: newer.account }),
      ...(older.role === undefined ? { name: newer.name } : {}),
    },
    { ...standingsOf(older), ...standingsOf(newer) },
  );
  if (token !== undefined) joined.token = token;
  if (tokenSeen !== undefined) joined.tokenSeen = tokenSeen;
  if (noticedAt !== undefined) joined.noticedAt = noticedAt;
  if (subscribedAt !== undefined) joined.subscribedAt = subscribedAt;
  return joined;
}

const earlier = (...times: readonly (string | undefined)[]) => times.flatMap((each) => each ?? []).sort();

const room = z.object({
  id: roomId,
  name: z.string(),
  /** The account that is in it; absent: WeChat. */
  account: z.string().exactOptional(),
  /** Everybody who follows the account. */
  followers: z.literal(true).exactOptional(),
  kind: z.enum(['residents', 'staff', 'unbound']),
  boundAt: time.exactOptional(),
  /** When the bot speaks without being addressed: never, or when it is very sure. */
  speaks: z.enum(['addressed', 'confident']),
  /** After a new login nobody has proved yet which group this is; what is to be said there waits. `code` proves it: /绑定 7K2M. */
  held: z.boolean().exactOptional(),
  code: z.string().exactOptional(),
  /** Where ids change with each login: who was in it when it was seen last, as far as a remark says who they are. It is known again by them. */
  members: z.array(personId).readonly().exactOptional(),
  /** Why it is still held though one of its title was seen: another has the title, or somebody in it is none of the staff. */
  doubt: z.enum(['twins', 'outsiders']).exactOptional(),
  /** Nobody has bound it, and somebody in it is not known as one of the staff. */
  outsiders: z.boolean().exactOptional(),
  /** When something was last heard there, to the hour. */
  activeAt: time.exactOptional(),
  /** Until then the account's owner speaks there on the phone. */
  byHandUntil: time.exactOptional(),
  /** Which news it wants: none, or only these categories; absent: all. Urgent notices reach it all the same. */
  news: z.union([z.literal('off'), z.array(z.string()).readonly()]).exactOptional(),
});
export type Room = z.infer<typeof room>;

const rooms = table<Room>({
  row: room,
  indexes: [{ equal: ['kind'], order: 'activeAt' }, { equal: ['held'] }],
  kept: 'always',
  deletion({ members, ...row }, person) {
    return members ? { ...row, members: members.filter((member) => member !== person) } : row;
  },
});

const binding = z.object({ id: z.string(), kind: z.enum(['person', 'room']), target: personId });
export type Binding = z.infer<typeof binding>;

// What the channel knows somebody by comes again with their next word.
const bindings = table<Binding>({ row: binding, indexes: [{ equal: ['target'] }], kept: 'always', deletion: 'stays' });

const heardMessage = z.object({ id: z.string(), at: time });
export type Heard = z.infer<typeof heardMessage>;

/** No channel delivers a message again later. */
const heard = table<Heard>({
  row: heardMessage,
  indexes: [{ equal: [], order: 'at' }],
  kept: [{ from: 'at', days: 2 }],
  deletion: 'stays',
});

const listed = z.enum(['appeals', 'alarms', 'questions', 'answers', 'news', 'pictures', 'deliveries', 'people']);
/** What a list that was shown is of. */
export type Listed = z.infer<typeof listed>;

/** What is remembered of a conversation of one person, in private or in a room. */
const conversation = z.object({
  id: idPath,
  /** The topic being talked about, and since when. */
  topic: z.string().exactOptional(),
  topicAt: time.exactOptional(),
  /** What was said of it, so that it is not said again: laws and documents, the list of what may be asked. */
  told: z.array(z.string()).exactOptional(),
  /** How often in a row the bot had no idea. */
  misses: z.number(),
  /** The number of the menu that is open. */
  menu: z.string().exactOptional(),
  menuAt: time.exactOptional(),
  /** What was last listed to a member of staff, row by row by ids: "3 办结" means the third. */
  listed: z.object({ of: listed, rows: z.array(z.array(z.string())), at: time }).exactOptional(),
  /** What was said before is no longer a talk with a member of staff. */
  talkEndedAt: time.exactOptional(),
  /** A member of staff answers here by hand until then. */
  takenOverUntil: time.exactOptional(),
  /** Absent while taken over: the account's owner, on the phone, who sees the chat without us. */
  takenOverBy: personId.exactOptional(),
});
export type Conversation = z.infer<typeof conversation>;

const conversations = table<Conversation>({
  row: conversation,
  indexes: [{ equal: ['takenOverBy'] }],
  kept: [{ from: lastTalked, minutes: 6 * 60, hourly: true }],
  deletion: (row, who) => (row.id.split('/').includes(who) ? undefined : row),
  joined: (newer) => newer,
});

/** What is talked about in a chat is over after minutes, a list after half an hour, a menu after some time. */
function lastTalked({ topicAt = '', menuAt = '', listed: list, takenOverUntil = '' }: Conversation): string {
  return [topicAt, menuAt, list?.at ?? '', takenOverUntil].sort().at(-1) ?? '';
}

/** An act of a person or of the clock; its id counts up. Only ids, no words: it outlives what it is about, and nobody is renamed in it. */
const auditRow = z.object({
  id: z.string(),
  at: time,
  actor: z.string(),
  act: z.string(),
  target: z.string().exactOptional(),
  allowed: z.boolean(),
  /** A digest over this row and that of the one before. */
  chain: z.string().exactOptional(),
});
export type Audit = z.infer<typeof auditRow>;

const audit = table<Audit>({
  row: auditRow,
  indexes: [{ equal: [], order: 'at' }],
  kept: [{ from: 'at', days: 2, archived: true }],
  archive: { by: 'at' },
  deletion: 'stays',
});

const choreTrouble = z.object({
  id: z.string(),
  /** Since when, and how often in a row. */
  since: time,
  failures: z.number(),
  /** It is not tried before. */
  nextAt: time,
});
/** A chore that fails; its id is the chore's. There is a row only while it fails. */
export type ChoreTrouble = z.infer<typeof choreTrouble>;

const chores = table<ChoreTrouble>({ row: choreTrouble, kept: 'always', deletion: 'stays' });

const mark = z.object({
  id: z.string(),
  /** Until when it is remembered. */
  until: time,
  /** Whose doings it tells of. */
  person: personId.exactOptional(),
});
/** Something that was done or said and is not done again; its id is what, and for which day, month, edition or person. */
export type Mark = z.infer<typeof mark>;

const marks = table<Mark>({
  row: mark,
  indexes: [
    { equal: [], order: 'id' },
    { equal: [], order: 'until' },
  ],
  kept: [{ from: 'until', minutes: 0 }],
  deletion: 'goes',
});

const receivedFile = z.object({
  id: fileName,
  at: time,
  /** Who sent it, and how large it is. */
  person: personId.exactOptional(),
  bytes: z.number().exactOptional(),
});
/** A picture or file that came with a message; its id is its name. Until it is known whether anything needs it. */
export type Received = z.infer<typeof receivedFile>;

/** What nothing needs after a day was sent to somebody else, or for a form that was dropped. */
const received = table<Received>({
  row: receivedFile,
  indexes: [{ equal: [], order: 'at' }],
  kept: [{ from: 'at', days: 1 }],
  deletion: 'goes',
});

const discardedFile = z.object({ id: z.string(), at: time });
/** A file that is to be removed from the disk; its id is its name. */
export type Discard = z.infer<typeof discardedFile>;

const discards = table<Discard>({ row: discardedFile, kept: 'always', deletion: 'stays' });

/**
 * `outbox`: what was queued before `since` is held back until staff let it go. `duty`: who is called first when somebody
 * is in danger. `content`: counts the changes that staff have made to content. `audit`: the digest of the last act.
 * `limited/ACCOUNT`: that account is limited; nothing is sent before `until`, no broadcast before `broadcastsFrom`. `broadcasts/ACCOUNT`:
 * when the last one was sent there, when the next may be, and how many there were on that day. `accounts`: which are switched on.
 */
const switchRow = z.object({
  id: z.union([
    z.templateLiteral([z.enum(['limited', 'broadcasts']), '/', z.string()]),
    z.enum(['outbox', 'duty', 'content', 'audit', 'accounts']),
  ]),
  since: time,
  person: personId.exactOptional(),
  /** Who is on duty on which day of the week (0 = Sunday), where that differs. */
  roster: z.record(z.string(), personId).exactOptional(),
  revision: z.number().exactOptional(),
  head: z.string().exactOptional(),
  until: time.exactOptional(),
  broadcastsFrom: time.exactOptional(),
  /** How often in a row the account was limited. */
  times: z.number().exactOptional(),
  nextAt: time.exactOptional(),
  count: z.number().exactOptional(),
  names: z.array(z.string()).exactOptional(),
});
export type Switch = z.infer<typeof switchRow>;

const switches = table<Switch>({ row: switchRow, kept: 'always', deletion: 'stays' });

const absence = z.object({
  id: personId,
  /** From when until when they are away. */
  from: time,
  until: time,
  /** Who acts for them meanwhile; absent: whoever is on duty. */
  deputy: personId.exactOptional(),
});
/** 请假: a member of staff who is away for some days; its id is the person. */
export type Absence = z.infer<typeof absence>;

const absences = table<Absence>({
  row: absence,
  indexes: [{ equal: [], order: 'until' }],
  // Gone with the morning on which they are back (appeals/absences.ts).
  kept: [{ from: 'until', days: 7 }],
  deletion({ deputy, ...row }, person) {
    if (row.id === person) return undefined;
    return deputy === undefined || deputy === person ? row : { ...row, deputy };
  },
});

export const kernelTables = { people, rooms, bindings, heard, conversations, audit, chores, marks, received, discards, switches, absences };
