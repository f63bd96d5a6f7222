import type { Office } from './office.ts';
import type { Person } from './web-wechat/world.ts';

/** Logs the account out and in again: everybody has other ids then. */
export async function logInAnew(office: Office): Promise<void> {
  const logins = () => office.bot.stderr().split('a new login').length;
  const before = logins();
  office.wechat.phone.kick();
  await office.wechat.phone.logIn();
  await office.until(() => logins() > before, 'a new login');
}

/** Writes the remark that the bot has asked a director for, on the phone. */
export async function remarkAsAsked(office: Office, director: Person, person: Person): Promise<void> {
  const asked = new RegExp(`${person.nickname}·[RS][A-Z2-9]{4,8}`);
  office.wechat.phone.remark(person, asked.exec(await office.hears(director, asked))?.[0] ?? '');
}
