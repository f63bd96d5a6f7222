import { join } from 'node:path';
import { FileBox } from 'file-box';
import type { Wechaty } from 'wechaty';
import { type Account, SendError } from '../../desk/kernel/accounts.ts';
import type { Recipient } from '../../desk/kernel/message.ts';
import type { Directory } from '../../desk/people/directory.ts';
import type { OwnWords } from './own-words.ts';
import type { Profile } from './profile.ts';
import { sendErrorOf } from './send-error.ts';

export interface SpeakingOptions {
  /** The account's name on the desk. */
  readonly name: string;
  readonly directory: Directory;
  readonly profile: Profile;
  readonly ownWords: OwnWords;
  readonly mediaFolder: string;
}

/** Says things through any Wechaty puppet, one message a call. */
export function wechatyAccount(bot: Wechaty, options: SpeakingOptions): Account {
  const { name, ownWords, mediaFolder, profile } = options;
  return {
    name,
    profile,
    async send({ to, text, file }) {
      const target = await find(bot, options, to);
      try {
        if (text !== '') {
          ownWords.remember(target.id, text);
          await target.say(text);
        }
        if (file !== undefined) {
          ownWords.remember(target.id, undefined);
          await target.say(FileBox.fromFile(join(mediaFolder, file)));
        }
      } catch (error) {
        throw sendErrorOf(error);
      }
    },
  };
}

interface Target {
  readonly id: string;
  say(what: string | InstanceType<typeof FileBox>): Promise<unknown>;
}

/** @throws SendError (certain) when the person or room is not known to the account now: nothing was sent */
async function find(bot: Wechaty, { directory, profile }: SpeakingOptions, to: Recipient): Promise<Target> {
  const inRoom = 'room' in to;
  const native = await directory.nativeOf(inRoom ? to.room : to.person);
  if (native === undefined) throw new SendError('not known to this account', true);
  if (inRoom) {
    const room = await bot.Room.find({ id: native });
    if (!room) throw new SendError('the account does not see this room now', true);
    const member = to.person === undefined ? undefined : await memberOf(bot, directory, to.person);
    return { id: native, say: (what) => (typeof what === 'string' && member ? room.say(what, member) : room.say(what as string)) };
  }
  const contact = await bot.Contact.find({ id: native });
  if (!contact) throw new SendError('the account does not see this person now', true);
  // Web WeChat takes such a message and drops it (littlecodersh/ItChat#746).
  if (contact.friend() === false && !profile.reachesStrangers) throw new SendError('this person is no friend of the account', true);
  return { id: native, say: (what) => contact.say(what as string) };
}

async function memberOf(bot: Wechaty, directory: Directory, person: string) {
  const native = await directory.nativeOf(person);
  return native === undefined ? undefined : bot.Contact.find({ id: native });
}
