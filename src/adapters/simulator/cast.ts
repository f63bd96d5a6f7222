import { z } from 'zod';
import type { PlayedAccount } from './place.ts';

/** Whose voice it is. Only the trial needs this: on real WeChat nothing but a verified identity makes somebody staff. */
export type CastRole = z.infer<typeof role>;
export type Person = Readonly<z.infer<typeof person>>;
export type Room = Readonly<z.infer<typeof room>>;

/** Who there is in the trial, and in which groups. */
export interface Cast {
  /** The person the bot speaks as. */
  readonly bot: Person;
  /** Everybody, the bot among them. */
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
  /** The conversations in the order of the list: a room's id, or a person's for their private chat with the bot. */
  readonly conversations: readonly string[];
}

const role = z.enum(['bot', 'resident', 'worker', 'director']);
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'ids are lower-case letters, digits and dashes');
const examples = z.array(z.string().min(1)).default([]);

const person = z.strictObject({
  id,
  // As on real WeChat, a name with a space cannot be @-ed.
  name: z.string().regex(/^\S+$/, 'names have no spaces'),
  role,
  /** Whether the bot is on their list of friends; who is not can only be heard in groups. */
  friend: z.boolean().default(true),
  /** One line about them, shown in the list. */
  note: z.string().default(''),
  /** The one character on the avatar: the surname. */
  avatar: z.string().min(1),
  /** Things they might say, offered while the chat is empty. */
  examples,
});

const room = z.strictObject({
  id,
  topic: z.string().min(1),
  kind: z.enum(['residents', 'staff']),
  members: z.array(id).min(1),
  /** What members call themselves in this group. */
  aliases: z.record(id, z.string().regex(/^\S+$/, 'aliases have no spaces')).default({}),
  note: z.string().default(''),
  examples,
});

const schema = z.strictObject({
  people: z.array(person),
  rooms: z.array(room).default([]),
  conversations: z.array(id).default([]),
});

/**
 * Reads a cast from plain data (`people`, `rooms`, `conversations` of `data/simulator.yaml`; other keys are not its
 * business). Conversations that are not listed come last, so nothing the bot says is ever out of sight.
 * @throws Error that names everything that is wrong
 */
export function loadCast(data: unknown): Cast {
  const { people: given, rooms: groups, conversations: order } = (data ?? {}) as Record<string, unknown>;
  const parsed = schema.safeParse({ people: given, rooms: groups, conversations: order });
  if (!parsed.success) throw new Error(`The cast is not usable:\n${z.prettifyError(parsed.error)}`);

  const { people, rooms, conversations } = parsed.data;
  const bots = people.filter((one) => one.role === 'bot');
  const bot = bots[0];
  const mistakes = [...twice([...people, ...rooms].map((one) => one.id)).map((name) => `the id ${name} is used twice`)];
  if (!bot || bots.length > 1) mistakes.push(`exactly one person has the role bot, not ${bots.length}`);

  const known = new Set(people.map((one) => one.id));
  for (const { id: group, members, aliases } of rooms) {
    for (const member of members) if (!known.has(member)) mistakes.push(`${group}: nobody is called ${member}`);
    for (const member of Object.keys(aliases))
      if (!members.includes(member)) mistakes.push(`${group}: ${member} has an alias, but is no member`);
    if (bot && !members.includes(bot.id)) mistakes.push(`${group}: the bot is not in it`);
  }

  const possible = [...rooms, ...people.filter((one) => one.role !== 'bot')].map((one) => one.id);
  for (const one of conversations) if (!possible.includes(one)) mistakes.push(`conversations: there is no ${one}`);
  if (!bot || mistakes.length > 0) throw new Error(`The cast is not usable:\n${mistakes.join('\n')}`);

  return { bot, people, rooms, conversations: [...new Set([...conversations, ...possible])] };
}

/**
 * On which accounts a person or group can be: everybody on WeChat, whoever likes follows the 服务号, which has no groups; 企业微信 is of the
 * staff, and of whoever works with them in their group.
 */
export function accountsOf({ people, rooms }: Cast, id: string): readonly PlayedAccount[] {
  const room = rooms.find((each) => each.id === id);
  if (room) return room.kind === 'staff' ? ['wechat', 'wecom'] : ['wechat'];
  const isStaff = people.some((person) => person.id === id && ['worker', 'director'].includes(person.role));
  const works = isStaff || rooms.some(({ kind, members }) => kind === 'staff' && members.includes(id));
  return works ? ['wechat', 'official', 'wecom'] : ['wechat', 'official'];
}

function twice(ids: readonly string[]): string[] {
  return ids.filter((one, at) => ids.indexOf(one) !== at);
}
