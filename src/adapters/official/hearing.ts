import type { App } from '../../desk/kernel/desk.ts';
import type { Message } from '../../desk/kernel/message.ts';
import type { Log, Store } from '../../desk/kernel/ports.ts';
import { massFinished } from '../../desk/news/followers.ts';
import type { Directory } from '../../desk/people/directory.ts';
import { accountTells } from '../../desk/people/platform.ts';
import { answerTo } from '../../desk/sending/handed-out.ts';
import { openWindow } from '../../desk/sending/windows.ts';
import type { Answers } from './answers.ts';
import type { Client } from './client.ts';
import { createFollowers } from './followers.ts';
import { fetchPicture, type Kept } from './media.ts';
import { keyPrefix } from './menu.ts';
import { fieldOf, type Push } from './push.ts';
import { windowRule } from './speaking.ts';

export interface HearingOptions {
  /** The account's name on the desk. */
  readonly name: string;
  readonly app: App;
  readonly store: Store;
  readonly directory: Directory;
  readonly client: Client;
  readonly answers: Answers;
  readonly mediaFolder: string;
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
}

/** WeChat waits five seconds for an answer, from when it pushed: what is not said by then, however long the turn took, goes by the API. */
const answerMs = 4_000;
/** Who waits longer sees that something is being written. */
const typingMs = 1_000;

/** What somebody did, as the desk hears it. */
type Heard = Pick<Message, 'text' | 'kind'> &
  Partial<Kept> &
  Pick<Message, 'event'> & { readonly opens?: 'message' | 'touch'; readonly picture?: string };

/** Our own signs of the account's verification, told by WeChat; they concern who runs the office. */
const platformEvents = /^(?:qualification_verify|naming_verify|annual_renew|verify_expired)/;
/** A sticker comes as text. */
const sticker = /^(?:\/:[^\s/\u4e00-\u9fff]{1,8})+$/u;
const unsupported = /^【收到不支持的消息类型/u;

/**
 * Hears a push; resolves once it is kept, with what is answered at once, if anything.
 * @param how 'late': nobody waits for an answer any more, and all that is said goes by the API; 'aside': another desk answers, and nothing is said
 * @throws when it could not be kept: it is brought again
 */
export type Hear = (push: Push, id: string, how?: 'late' | 'aside') => Promise<string | undefined>;

/**
 * Hears pushes: turns each into a message of the desk, in the order in which somebody's come, and waits until it is kept and, for a moment, for what
 * is answered at once.
 */
export function createHearing(options: HearingOptions): Hear {
  const { name, app, store, directory, client, answers, mediaFolder, log, sleep } = options;
  const order = new Map<string, Promise<unknown>>();
  const followerIn = createFollowers({ name, directory, ids: app.ids, say: app.say });

  return (push, id, how) => {
    const openid = fieldOf(push, 'FromUserName');
    const late = how === 'late' ? Promise.resolve() : sleep(answerMs);
    // A picture is fetched first: what is said after it must not overtake it.
    const result = (order.get(openid) ?? Promise.resolve()).then(() =>
      how === 'aside' ? listen(push, `${name}/${id}`, openid, late) : hear(push, `${name}/${id}`, openid, late),
    );
    const settled = result.catch(() => undefined);
    order.set(openid, settled);
    void settled.then(() => order.get(openid) === settled && order.delete(openid));
    return result;
  };

  /** @param late settled once nobody waits for an answer any more */
  async function hear(push: Push, id: string, openid: string, late: Promise<void>): Promise<string | undefined> {
    const heard = heardOf(push);
    if (!heard) return toldByPlatform(push);
    const arrived = await store.transaction(async (tx) => {
      // It was heard, perhaps by a process that was killed: what it was answered is answered again.
      if (await tx.get('heard', id)) return { answered: await answerTo(tx, id, app.clock.now()) };
      const person = await followerIn(tx, openid);
      // They can be written to for a while.
      if (heard.opens) await openWindow(tx, name, person, heard.opens, windowRule, app.clock.now());
      return { person };
    });
    if ('answered' in arrived) return arrived.answered;
    const { person } = arrived;
    const waiting = answers.wait(openid, id);
    // Even while the turn goes on: what was handed to a push that nobody reads would never be said.
    const over = late.then(waiting.stop);
    try {
      const message = await withPicture(heard, id, person);
      const typing = sleep(typingMs).then(() => 'typing' as const);
      const turn = app.hear(message);
      if ((await Promise.race([turn, typing, over])) === 'typing') void showTyping(openid);
      const { decision } = await turn;
      if (decision === 'silent' && !(await isHeard(id))) throw new Error('the desk is closing: it is brought again');
      const nothing = app.outbox.pump().then(() => undefined);
      return await Promise.race([waiting.said, nothing, over.then(() => undefined)]);
    } finally {
      waiting.stop();
    }
  }

  /** Hears what another desk answers. */
  async function listen(push: Push, id: string, openid: string, late: Promise<void>): Promise<undefined> {
    const speaks = answers.mute(openid);
    try {
      await hear(push, id, openid, late);
      await app.outbox.pump();
    } finally {
      speaks();
    }
  }

  async function withPicture({ opens: _, picture, ...heard }: Heard, id: string, person: string): Promise<Message> {
    const common = { ...heard, id, person, account: name, addressed: true };
    if (picture === undefined) return common;
    const wanted = await app.receives({ person });
    if (wanted !== 'yes') return wanted === 'many' ? { ...common, unkept: 'many' } : common;
    const kept = await fetchPicture(client, picture, mediaFolder, id).catch((error: unknown): Kept => {
      log.warn({ message: id, err: error }, 'a picture could not be fetched');
      return {};
    });
    return { ...common, ...kept };
  }

  async function isHeard(id: string): Promise<boolean> {
    return store.transaction(async (tx) => (await tx.get('heard', id)) !== undefined);
  }

  async function showTyping(openid: string): Promise<void> {
    await client.post('/cgi-bin/message/custom/typing', { touser: openid, command: 'Typing' }).catch((error: unknown) => {
      log.info({ err: error }, 'nobody was shown that something is being written');
    });
  }

  async function toldByPlatform(push: Push): Promise<undefined> {
    const event = fieldOf(push, 'Event');
    if (event === 'MASSSENDJOBFINISH') {
      const status = fieldOf(push, 'Status');
      const isKnown = await massFinished(app, name, {
        native: fieldOf(push, 'MsgID') || fieldOf(push, 'MsgId'),
        sent: Number(fieldOf(push, 'SentCount')),
        failed: Number(fieldOf(push, 'ErrorCount')),
        ...(status === 'send success' ? {} : { why: status }),
      });
      // It may be told before we have noted what the message's id is.
      if (!isKnown) throw new Error('the end of a mass message that is not known: it is brought again');
    }
    if (platformEvents.test(event)) await accountTells(app, event);
    return undefined;
  }
}

/** What a push says to the desk; undefined: nothing that anybody said or did. */
export function heardOf(push: Push): Heard | undefined {
  const text = fieldOf(push, 'Content').trim();
  switch (fieldOf(push, 'MsgType')) {
    case 'text':
      if (sticker.test(text)) return { text: '', kind: 'sticker', opens: 'message' };
      return unsupported.test(text) ? { text: '', kind: 'other', opens: 'message' } : { text, kind: 'text', opens: 'message' };
    case 'image':
      return { text: '', kind: 'image', opens: 'message', picture: fieldOf(push, 'MediaId') };
    case 'voice':
      return { text: '', kind: 'voice', opens: 'message' };
    case 'video':
    case 'shortvideo':
    case 'file':
      return { text: '', kind: 'file', unkept: 'kind', opens: 'message' };
    case 'location': {
      const label = fieldOf(push, 'Label').trim();
      return label === '' ? { text: '', kind: 'other', opens: 'message' } : { text: label, kind: 'text', opens: 'message' };
    }
    case 'link':
      return { text: '', kind: 'other', opens: 'message' };
    case 'event':
      return eventOf(push);
    default:
      return undefined;
  }
}

function eventOf(push: Push): Heard | undefined {
  const key = fieldOf(push, 'EventKey');
  switch (fieldOf(push, 'Event')) {
    case 'subscribe':
      return { text: '', kind: 'other', opens: 'touch', event: { does: 'follow', scene: key.replace(/^qrscene_/, '') } };
    case 'SCAN':
      return { text: '', kind: 'other', opens: 'touch', event: { does: 'scan', scene: key } };
    case 'unsubscribe':
      return { text: '', kind: 'other', event: { does: 'unfollow' } };
    case 'CLICK':
      return key.startsWith(keyPrefix) ? { text: key.slice(keyPrefix.length), kind: 'text', opens: 'touch' } : undefined;
    default:
      return undefined;
  }
}
