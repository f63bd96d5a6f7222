import type { Office } from './office.ts';
import type { Chat, Person, Room } from './web-wechat/world.ts';

/** What people hear from now on: answers come one by one, with pauses, and notices between them. */
export function listening(office: Office) {
  const { world, talk } = office.wechat;

  /** Waits until this is said to somebody, or in a room, after what was said before `from`. @returns the whole message */
  async function hears(chat: Chat, words: string | RegExp, from = 0): Promise<string> {
    const fits = (text: string) => (typeof words === 'string' ? text.includes(words) : words.test(text));
    const found = () => world.saidTo(chat).slice(from).find(fits);
    await office.until(() => found() !== undefined, `“${words}” to ${'topic' in chat ? chat.topic : chat.nickname}`);
    return found() ?? '';
  }

  return {
    hears,
    /** Says something privately, and waits until this is answered. */
    ask(person: Person, text: string, words: string | RegExp): Promise<string> {
      const from = world.saidTo(person).length;
      talk.say(person, text);
      return hears(person, words, from);
    },
    /** Says something in a room, naming the bot, and waits until this is answered there. */
    askIn(room: Room, person: Person, text: string, words: string | RegExp): Promise<string> {
      const from = world.saidTo(room).length;
      talk.say(person, text, { room, mention: true });
      return hears(room, words, from);
    },
    /** Logs the account out and in again: everybody has other ids then. */
    async logInAnew(): Promise<void> {
      const before = office.bot.stderr().split('a new login').length;
      office.wechat.phone.kick();
      await office.wechat.phone.logIn();
      await office.until(() => office.bot.stderr().split('a new login').length > before, 'a new login');
    },
    /** The director writes the remark that the bot has asked for, on the phone. */
    async remarkAsAsked(asker: Person, person: Person): Promise<void> {
      const asked = new RegExp(`${person.nickname}·[RS][A-Z2-9]{4,8}`);
      office.wechat.phone.remark(person, asked.exec(await hears(asker, asked))?.[0] ?? '');
    },
  };
}
