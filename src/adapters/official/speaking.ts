import { type Account, type AccountProfile, type Saying, SendError } from '../../desk/kernel/accounts.ts';
import type { Clock, Store, Transaction } from '../../desk/kernel/ports.ts';
import type { Say } from '../../desk/kernel/say.ts';
import type { Directory } from '../../desk/people/directory.ts';
import { handedOutOf, handOut, takeHome } from '../../desk/sending/handed-out.ts';
import { giveBackToWindow, leftInWindow, shutWindow, takeFromWindow, type WindowRule } from '../../desk/sending/windows.ts';
import { paragraphsUpTo } from '../../domain/words/split-text.ts';
import type { Answers } from './answers.ts';
import { type Client, NotConnected } from './client.ts';
import { ApiError, sendErrorOf } from './errors.ts';
import type { MassSender } from './mass.ts';
import { pictureIn, uploadPicture } from './media.ts';
import type { Templates } from './templates.ts';

/** 2,048 bytes a message: so many characters of Chinese, whatever they are. */
const longestText = 600;

export const officialProfile: AccountProfile = {
  idsSurviveLogin: true,
  groups: false,
  files: false,
  longestText,
  packs: true,
  answersAtOnce: true,
  mass: true,
};

const { mass: _, ...sharedProfile } = officialProfile;

/** Tencent's rule since 2023: five in 48 hours after a message, three in a minute after a follow, a scan or a click; with a margin for clocks. */
export const windowRule: WindowRule = { message: { messages: 5, minutes: 48 * 60 - 5 }, touch: { messages: 3, minutes: 0.9 } };

export interface SpeakingOptions {
  /** The account's name on the desk. */
  readonly name: string;
  readonly client: Client;
  readonly directory: Directory;
  readonly store: Store;
  readonly clock: Clock;
  readonly say: Say;
  readonly mediaFolder: string;
  readonly answers: Answers;
  /** Absent: the account is shared with others, to whose residents a message to all would go too. */
  readonly mass?: MassSender | undefined;
  readonly templates: Templates;
}

/** How somebody can be written to. */
interface Reached {
  readonly openid: string;
  /** So many messages. */
  readonly left: number;
  /** What of this was handed out before. */
  readonly gone: string | undefined;
}

/** A text in as many messages as a window takes at most; what is longer is said to be cut. */
export function messagesOf(text: string, say: Say): string[] {
  const parts = paragraphsUpTo(text, longestText);
  const most = windowRule.message.messages;
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), say('official.cut')];
}

/** Says things to followers: as the answer to what they just pushed, else by customer message while their window is open; to all of them by one mass message. */
export function officialAccount(options: SpeakingOptions): Account {
  const { name, client, directory, store, clock, say, mediaFolder, answers, mass, templates } = options;
  let stopped = false;

  return {
    name,
    profile: mass ? officialProfile : sharedProfile,
    async send(saying) {
      if (stopped) throw new SendError('not begun: the bot is being stopped', true);
      const { to } = saying;
      if ('room' in to) {
        if (!mass) throw new SendError('a shared account has no message to all', true);
        return mass.send(saying).catch(refuseMass);
      }
      const reached = await store.transaction((tx) => howReached(tx, to.person, saying));
      if (!reached) throw new SendError('not known to this account', true);
      if (saying.kind === 'reply' && answers.isMuted(reached.openid)) return;
      await sayTo(to.person, reached, saying);
    },
    stop() {
      stopped = true;
    },
  };

  /** Somebody as they can be reached now, and what a process before may have handed out of this before it was killed; undefined: the account does not know them. */
  async function howReached(tx: Transaction, person: string, { id }: Saying): Promise<Reached | undefined> {
    const openid = await directory.nativeIn(tx, person);
    if (openid === undefined) return undefined;
    const gone = id === undefined ? undefined : await handedOutOf(tx, id);
    return { openid, left: await leftInWindow(tx, name, person, clock.now()), gone };
  }

  async function sayTo(person: string, { openid, left, gone }: Reached, saying: Saying): Promise<void> {
    const picture = saying.file === undefined ? undefined : await pictureIn(mediaFolder, saying.file);
    const noFile = saying.file !== undefined && !picture ? say('official.noFile') : '';
    const [first, ...rest] = messagesOf([notHandedOut(saying.text, gone), noFile].filter((text) => text !== '').join('\n\n'), say);
    // All of it went with the answer to a push.
    if (first === undefined && !picture) return;
    const others = rest.length + (picture ? 1 : 0);
    // Either all of it goes, or it waits whole.
    const isAnswer = first !== undefined && others <= left && (await asAnswer(openid, saying, first));
    if (!isAnswer && others + (first === undefined ? 0 : 1) > left) return waits(openid, saying);
    let sent = isAnswer;
    try {
      const texts = isAnswer || first === undefined ? rest : [first, ...rest];
      const media = picture ? await uploadPicture(client, picture) : undefined;
      for (const content of texts) {
        await customer(person, { touser: openid, msgtype: 'text', text: { content } });
        sent = true;
      }
      if (media !== undefined) await customer(person, { touser: openid, msgtype: 'image', image: { media_id: media } });
    } catch (error) {
      if (isShut(error)) await store.transaction((tx) => shutWindow(tx, name, person));
      const failed = failureOf(error);
      if (sent) throw new SendError(failed.message, false, { limited: failed.limited });
      if (failed.notNow) await templates.ring(openid, saying);
      throw failed;
    }
  }

  /** Says something with the answer to the push of theirs that waits, if one does. It is kept first, for the push may come again. */
  async function asAnswer(openid: string, { to, id, secret }: Saying, text: string): Promise<boolean> {
    const push = answers.waiting(openid);
    if (push === undefined) return false;
    const person = 'person' in to ? to.person : undefined;
    const isKept = id !== undefined && person !== undefined && !secret;
    if (isKept) await store.transaction((tx) => handOut(tx, { id: push, person, delivery: id, text, at: clock.now().toISOString() }));
    if (answers.give(openid, text)) return true;
    if (isKept) await store.transaction((tx) => takeHome(tx, push));
    return false;
  }

  /** One customer message, taken from the window before it is sent: what may have arrived counts. */
  async function customer(person: string, body: object): Promise<void> {
    const taken = await store.transaction((tx) => takeFromWindow(tx, name, person, clock.now()));
    if (!taken) throw new SendError('the window is shut', true, { notNow: true });
    try {
      await client.post('/cgi-bin/message/custom/send', body);
    } catch (error) {
      if (failureOf(error).certain) await store.transaction((tx) => giveBackToWindow(tx, name, person, taken));
      throw error;
    }
  }

  /** The window is shut: their next word lets it go; of the progress of a case they are told by template. */
  async function waits(openid: string, saying: Saying): Promise<never> {
    await templates.ring(openid, saying);
    throw new SendError('the window is shut', true, { notNow: true });
  }
}

/** What is still to be said where some of it was handed out. Where that did not arrive the push comes again. */
const notHandedOut = (text: string, gone: string | undefined) =>
  gone !== undefined && text.startsWith(gone) ? text.slice(gone.length).trim() : text;

const isShut = (error: unknown) => error instanceof ApiError && error.meaning === 'notNow';

/** While nothing can be reached it is no fault of the words: they wait, and are tried every minute. */
function failureOf(error: unknown): SendError {
  return error instanceof NotConnected ? new SendError(error.message, true, { limited: 'moment' }) : sendErrorOf(error);
}

/** Nobody's next word lets a message to all go. */
function refuseMass(error: unknown): never {
  const { message, certain, limited } = failureOf(error);
  throw new SendError(message, certain, { limited });
}
