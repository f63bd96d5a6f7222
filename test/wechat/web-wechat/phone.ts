import type { Account, Qr } from './account.ts';
import { contactPayload, escaped, messagePayload } from './payloads.ts';
import type { Chat, Person } from './world.ts';

/** The account's owner, with the phone in hand. */
export class Phone {
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Waits until a QR code is shown, scans it and confirms the login. */
  async logIn(): Promise<void> {
    await this.scan();
    this.#set('confirmed');
  }

  /** Waits until a QR code is shown, and scans it. */
  async scan(): Promise<void> {
    await this.#account.world.until(() => this.#account.qr?.state === 'waiting', 'a QR code');
    this.#set('scanned');
  }

  confirm(): void {
    this.#set('confirmed');
  }

  /** Nobody scans: the code expires. */
  letExpire(): void {
    this.#set('expired');
  }

  /** Logs the web out, as the button on the phone does; an expired session looks the same. */
  kick(): void {
    this.#account.end();
  }

  /** Sets a remark name, or clears it. */
  remark(person: Person, remark: string): void {
    person.remark = remark;
    this.#account.tell((session) => ({ contact: contactPayload(this.#account, session, person) }));
  }

  /** Types something to a person or into a room: the web hears it too. */
  type(to: Chat, text: string): void {
    this.#account.tell((session) => ({
      message: messagePayload(this.#account, {
        FromUserName: this.#account.idOf(this.#account.world.self, session),
        ToUserName: this.#account.idOf(to, session),
        Content: escaped(text),
      }),
    }));
  }

  #set(state: Qr['state']): void {
    if (!this.#account.qr) throw new Error('no QR code is shown');
    this.#account.qr.state = state;
    this.#account.world.signal.changed();
  }
}
