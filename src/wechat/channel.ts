import { join } from 'node:path';
import { FileBox } from 'file-box';
import type { Wechaty } from 'wechaty';
import type { Recipient } from '../app/message.ts';
import { type Channel, SendError } from '../app/ports.ts';
import type { Directory } from './directory.ts';

/** Says things through any Wechaty puppet. */
export function wechatyChannel(bot: Wechaty, directory: Directory, mediaFolder: string): Channel {
  return {
    async send({ to, text, file }) {
      const target = await find(bot, directory, to);
      try {
        if (text !== '') await target.say(text);
        if (file !== undefined) await target.say(FileBox.fromFile(join(mediaFolder, file)));
      } catch (error) {
        // Whether WeChat had it already cannot be told from the error alone.
        throw new SendError((error as Error).message, false, { cause: error });
      }
    },
  };
}

interface Sayable {
  say(what: string | InstanceType<typeof FileBox>): Promise<unknown>;
}

/** @throws SendError (certain) when the person or room is not known to the account now: nothing was sent */
async function find(bot: Wechaty, directory: Directory, to: Recipient): Promise<Sayable> {
  const inRoom = 'room' in to;
  const native = await directory.nativeOf(inRoom ? to.room : to.person);
  if (native === undefined) throw new SendError('not known to this channel', true);
  if (inRoom) {
    const room = await bot.Room.find({ id: native });
    if (!room) throw new SendError('the account does not see this room now', true);
    const member = to.person === undefined ? undefined : await memberOf(bot, directory, to.person);
    return { say: (what) => (typeof what === 'string' && member ? room.say(what, member) : room.say(what as string)) };
  }
  const contact = await bot.Contact.find({ id: native });
  if (!contact) throw new SendError('the account does not see this person now', true);
  return contact as Sayable;
}

async function memberOf(bot: Wechaty, directory: Directory, person: string) {
  const native = await directory.nativeOf(person);
  return native === undefined ? undefined : bot.Contact.find({ id: native });
}
