import { createHash, randomBytes } from 'node:crypto';
import { type Chat, isRoom, type World } from './world.ts';

/** What a sync may tell: a message, or a contact or room that changed. */
export type Entry = { readonly message: Record<string, unknown> } | { readonly contact: Record<string, unknown> };

/** One login of the account. All ids are its own. */
export interface Session {
  readonly login: number;
  readonly sid: string;
  readonly uin: string;
  readonly skey: string;
  readonly ticket: string;
  alive: boolean;
  /** Everything there was to tell since it began. */
  readonly log: Entry[];
  /** The sync key of its first entry: keys grow from login to login. */
  readonly base: number;
  /** How much of it the client has been told. */
  told: number;
  /** How much of it the client has taken over, and then asked for more. */
  heard: number;
}

/** What the phone has done about the QR code that is shown. */
export interface Qr {
  readonly uuid: string;
  state: 'waiting' | 'scanned' | 'confirmed' | 'expired' | 'used';
  /** What the client knows of it. */
  told: Qr['state'];
}

/** The account that is emulated: its logins, and the QR code that waits for one. */
export class Account {
  readonly world: World;
  session: Session | undefined;
  qr: Qr | undefined;
  /** What happens now never reaches the client. */
  unheard = false;
  #logins = 0;

  constructor(world: World) {
    this.world = world;
  }

  askForQr(): Qr {
    this.qr = { uuid: `qr${this.world.count()}==`, state: 'waiting', told: 'waiting' };
    this.world.signal.changed();
    return this.qr;
  }

  /** A new login: the one before ends, and everybody gets other ids. */
  logIn(): Session {
    this.end();
    const secret = () => randomBytes(12).toString('hex');
    const login = ++this.#logins;
    const base = (this.session?.base ?? 1) + (this.session?.log.length ?? 0);
    const keys = { sid: secret(), uin: '1234567890', skey: `@crypt_${secret()}`, ticket: secret() };
    this.session = { login, ...keys, alive: true, log: [], base, told: 0, heard: 0 };
    this.world.signal.changed();
    return this.session;
  }

  /** Ends the login, as when the phone logs the web out, or the session expires. */
  end(): void {
    if (this.session) this.session.alive = false;
    this.world.signal.changed();
  }

  /** Tells the client, if there is one: what happens while it is logged out is only on the phone. */
  tell(entry: (session: Session) => Entry): void {
    const { session } = this;
    if (!session?.alive || this.unheard) return;
    session.log.push(entry(session));
    this.world.signal.changed();
  }

  /** Waits until there is a login whose client has heard everything that there is to hear. */
  async heardAll(): Promise<void> {
    await this.world.until(() => {
      const { session } = this;
      return session?.alive === true && session.heard > 0 && session.heard === session.log.length;
    }, 'a client that has heard everything');
  }

  /** The protocol's id of a person or room in this login. */
  idOf(chat: Chat, { login }: Pick<Session, 'login'>): string {
    const hash = createHash('sha256').update(`${this.world.seed}/${login}/${chat.key}`).digest('hex');
    return isRoom(chat) ? `@@${hash}` : `@${hash.slice(0, 32)}`;
  }

  /** Who has this id in this login; undefined for ids of another. */
  byId(id: string, session: Session): Chat | undefined {
    return [...this.world.people, ...this.world.rooms].find((chat) => this.idOf(chat, session) === id);
  }
}
