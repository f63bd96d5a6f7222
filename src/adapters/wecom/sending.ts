import { basename } from 'node:path';
import { type AccountProfile, type Saying, SendError } from '../../desk/kernel/accounts.ts';
import { paragraphsUpTo } from '../../domain/words/split-text.ts';
import type { Allowance } from './allowance.ts';
import type { OpenAnswers } from './answers.ts';
import type { After, Connection } from './connection.ts';
import type { Body } from './frames.ts';
import { plainMarkdown } from './markdown.ts';
import { Refusal } from './refusal.ts';
import { upload } from './upload.ts';

/** Its ids last, and it takes any file. 20,480 bytes are the service's limit for a text, a phone's screen is ours. */
export const wecomProfile: AccountProfile = { idsSurviveLogin: true, groups: true, files: true, longestText: 2_000 };

export interface SendingOptions {
  readonly connection: Connection;
  readonly answers: OpenAnswers;
  readonly allowance: Allowance;
  readonly after: After;
  /** How a person or group of ours is called at 企业微信; undefined: not known there. */
  readonly nativeOf: (id: string) => Promise<string | undefined>;
  /** A file by the name it is sent by. */
  readonly read: (file: string) => Promise<Uint8Array>;
  readonly newId: () => string;
}

export interface Sending {
  send(saying: Saying): Promise<void>;
  /** What is under way is finished; what waits, and whatever comes, is surely not sent. */
  stop(): void;
}

/**
 * Says things through the robot: below the message that it answers while that can be answered, else as a push. A person or group has to
 * have spoken to the robot once before; staff have, by their code.
 */
export function createSending(options: SendingOptions): Sending {
  const { connection, answers, allowance, after, nativeOf, read, newId } = options;
  let stopped = false;
  /** What goes on with those that wait until their chat bears more. */
  const waiting = new Set<() => void>();

  async function send({ to, text, file, kind }: Saying): Promise<void> {
    const inRoom = 'room' in to;
    const chat = await nativeOf(inRoom ? to.room : to.person);
    if (chat === undefined) throw new SendError('not known at 企业微信', true);
    const user = inRoom && to.person !== undefined ? await nativeOf(to.person) : undefined;
    let begun = false;
    const say = async (work: () => Promise<unknown>) => {
      try {
        await work();
        begun = true;
      } catch (error) {
        // A part of it has arrived: it cannot be said that nothing did.
        throw begun ? new SendError((error as Error).message, false) : error;
      }
    };
    for (const part of paragraphsUpTo(text, wecomProfile.longestText)) {
      const answered = kind === 'reply' && !begun ? answers.take(chat) : undefined;
      await say(() => (answered === undefined ? push(chat, words(part, user)) : answer(chat, answered, part, user)));
    }
    if (file === undefined) return;
    await say(async () => {
      const { type, mediaId } = await upload(connection, basename(file), await read(file));
      await push(chat, { msgtype: type, [type]: { media_id: mediaId } });
    });
  }

  /** One message, below the one it answers; where that cannot be answered any more it is pushed. */
  async function answer(chat: string, id: string, text: string, user: string | undefined): Promise<void> {
    await allowed(chat);
    const stream = { id: newId(), finish: true, content: plainMarkdown(text) };
    try {
      await connection.ask('aibot_respond_msg', { msgtype: 'stream', stream }, id);
    } catch (error) {
      if (!(error instanceof Refusal && error.certain)) throw error;
      await push(chat, words(text, user));
    }
  }

  async function push(chat: string, body: Body): Promise<void> {
    await allowed(chat);
    await connection.ask('aibot_send_msg', { chatid: chat, ...body });
  }

  /** Waits until the chat bears another message. */
  async function allowed(chat: string): Promise<void> {
    for (let ms = allowance.wait(chat); ms > 0 && !stopped; ms = allowance.wait(chat)) await pause(ms);
    if (stopped) throw new SendError('not begun: the bot is being stopped', true);
    allowance.note(chat);
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        waiting.delete(goOn);
        callOff();
        resolve();
      };
      const callOff = after(ms, goOn);
      waiting.add(goOn);
    });
  }

  return {
    send,
    stop() {
      stopped = true;
      for (const goOn of [...waiting]) goOn();
    },
  };
}

/** Nothing but Markdown can be pushed. In a group the one it is for is named. */
function words(text: string, user: string | undefined): Body {
  const plain = plainMarkdown(text);
  return { msgtype: 'markdown', markdown: { content: user === undefined ? plain : `<@${user}> ${plain}` } };
}
