import type { Friendship, Room, Wechaty } from 'wechaty';
import { types } from 'wechaty-puppet';
import type { App } from '../../desk/kernel/desk.ts';
import type { Log } from '../../desk/kernel/ports.ts';
import { admits, invited, joined, welcome } from '../../desk/talk/newcomers.ts';
import { mask } from '../../domain/words/masking.ts';
import type { Eyes } from './eyes.ts';
import { freshContact, rawMessage } from './raw-puppet.ts';
import { decode } from './raw-text.ts';

export interface NewcomerOptions {
  readonly eyes: Eyes;
  readonly settled: () => Promise<unknown>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly chance: (below: number) => number;
}

/** Nobody presses a button within a second. */
const leastMs = 3_000;
const mostMs = 12_000;

/** Accepts friends by the community's rules, and greets who is new. */
export function receiveNewcomers(bot: Wechaty, app: App, { eyes, settled, sleep, chance }: NewcomerOptions, log: Log): void {
  const guarded = (what: string, work: () => Promise<void>) =>
    void settled()
      .then(work)
      .catch((error: unknown) => log.warn({ err: error }, what));

  bot.on('friendship', (friendship) => guarded('a request to become a friend failed', () => befriend(friendship)));
  bot.on('room-join', (room) => guarded('nobody could be welcomed in a group', () => greet(room)));
  bot.on('room-invite', (invitation) =>
    guarded('an invitation could not be told', async () => invited(app, await topicOf(bot, invitation))),
  );

  async function befriend(friendship: Friendship): Promise<void> {
    if (friendship.type() === types.Friendship.Receive) {
      if (!(await admits(app, friendship.id, friendship.hello()))) return;
      await sleep(leastMs + chance(mostMs - leastMs));
      await friendship.accept();
    }
    const contact = friendship.contact();
    // The event alone says nothing: "X 开启了朋友验证" (no friend any more) comes as a confirmation too.
    if (!(await freshContact(bot, contact.id)).friend) return;
    await contact.sync();
    await welcome(app, await eyes.person(contact, true));
  }

  async function greet(room: Room): Promise<void> {
    await joined(app, await eyes.room(room));
  }
}

/** Wechaty cannot read an invitation of web WeChat; its message tells the title of the group. */
async function topicOf(bot: Wechaty, invitation: { readonly id: string; topic(): Promise<string> }): Promise<string> {
  const read = async () => {
    const raw = await rawMessage(bot, invitation.id);
    return /加入群聊[“"]?(.{1,40}?)[”"]?，进入/u.exec(decode(raw.OriginalContent ?? raw.Content))?.[1] ?? '';
  };
  const topic = await invitation.topic().catch(() => read().catch(() => ''));
  return mask(topic).text.slice(0, 40);
}
