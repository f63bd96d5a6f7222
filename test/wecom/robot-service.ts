import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What arrived in a chat: words, or a picture or file with its bytes. */
export interface Arrived {
  readonly chat: string;
  readonly text?: string;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
  /** Below the message that it answers, or pushed. */
  readonly how: 'answer' | 'push';
}

interface Given {
  readonly cmd: string;
  readonly headers: { readonly req_id: string };
  readonly body?: Record<string, unknown>;
}

interface Upload {
  readonly name: string;
  readonly type: string;
  readonly md5: string;
  readonly chunks: Buffer[];
  readonly expected: number;
}

/** What goes wrong. */
export interface Faults {
  /** These commands are neither carried out nor answered. */
  readonly ignored: Set<string>;
  /** These are carried out, and the connection ends before the answer. */
  readonly lost: Set<string>;
  /** These are refused with a number. */
  readonly refused: Map<string, number>;
}

/**
 * The service to which a robot of 企业微信 connects, on this machine, with the members of an enterprise who talk to it. It does what Tencent's page
 * of 2026-04-01, its SDK, and people who measured it say: one connection a robot, 853000 for a wrong secret, 40008 for text that is pushed,
 * 846605 for an id that cannot be answered, no push to who never spoke, nothing said twice by itself and nothing kept while the robot is away. The
 * numbers for who never spoke (846604) and too many (45009) are ours.
 */
export class RobotService {
  readonly arrived: Arrived[] = [];
  readonly faults: Faults = { ignored: new Set(), lost: new Set(), refused: new Map() };
  /** How often a robot subscribed. */
  subscriptions = 0;
  /** All that came, as it came. */
  readonly frames: Given[] = [];
  /** Milliseconds, for what may be said in a minute. */
  now = () => 0;
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #sockets: WebSocketServer;
  readonly #files: Server;
  readonly #bytes = new Map<string, Buffer>();
  readonly #spoke = new Set<string>();
  readonly #open = new Map<string, string>();
  readonly #uploads = new Map<string, Upload>();
  readonly #media = new Map<string, Arrived['file']>();
  readonly #said = new Map<string, number[]>();
  readonly #watchers = new Set<() => void>();
  #robot: WebSocket | undefined;
  #count = 0;

  private constructor(secrets: Readonly<Record<string, string>>) {
    this.#secrets = new Map(Object.entries(secrets));
    this.#sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (data) => this.#take(socket, JSON.parse(String(data)) as Given));
      socket.on('error', () => undefined);
    });
    this.#files = createServer((request, response) => {
      const bytes = this.#bytes.get(request.url ?? '');
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
  }

  static async open(secrets: Readonly<Record<string, string>> = { bot: 'secret' }): Promise<RobotService> {
    const service = new RobotService(secrets);
    await Promise.all([
      new Promise<void>((resolve) => service.#sockets.once('listening', resolve)),
      new Promise<void>((resolve) => void service.#files.listen(0, '127.0.0.1', () => resolve())),
    ]);
    return service;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#sockets.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#files.closeAllConnections();
    await Promise.all([new Promise((resolve) => this.#sockets.close(resolve)), new Promise((resolve) => this.#files.close(resolve))]);
  }

  /** Whether a robot is connected and subscribed. */
  get isIn(): boolean {
    return this.#robot !== undefined;
  }

  /** Waits until it is so; it is looked at after every frame and every connection. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** What a chat has read, words only. */
  read(chat: string): string[] {
    return this.arrived.flatMap((each) => (each.chat === chat && each.text !== undefined ? [each.text] : []));
  }

  /** The network breaks. */
  drop(): void {
    const robot = this.#robot;
    this.#robot = undefined;
    robot?.terminate();
    this.#look();
  }

  /** Somebody says something. @param more fields of the message over those of a text. @returns its id */
  say(user: string, text: string, { group, ...more }: { readonly group?: string } & Record<string, unknown> = {}): string {
    const msgid = `m${++this.#count}`;
    const where = group === undefined ? { chattype: 'single' } : { chattype: 'group', chatid: group };
    this.callback({ msgid, aibotid: 'bot', ...where, from: { userid: user }, msgtype: 'text', text: { content: text }, ...more });
    return msgid;
  }

  /** Somebody sends a picture or file, closed with a key of its own. */
  send(user: string, bytes: Uint8Array, kind: 'image' | 'file' = 'image'): void {
    const { url, aeskey } = this.enclose(bytes);
    this.say(user, '', { msgtype: kind, text: undefined, [kind]: { url, aeskey } });
  }

  /** Bytes as they lie for five minutes, and the key to them. */
  enclose(bytes: Uint8Array): { readonly url: string; readonly aeskey: string } {
    const key = randomBytes(32);
    const fill = 32 - (bytes.length % 32);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const path = `/${++this.#count}`;
    this.#bytes.set(path, Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]));
    return { url: `http://127.0.0.1:${(this.#files.address() as AddressInfo).port}${path}`, aeskey: key.toString('base64') };
  }

  /** A message as it is; while no robot is connected it is gone. */
  callback(body: Record<string, unknown>): void {
    const id = `c${++this.#count}`;
    const chat = String(body.chatid ?? (body.from as { userid?: string } | undefined)?.userid);
    this.#spoke.add(chat);
    if (!this.#robot) return;
    this.#open.set(id, chat);
    this.raw({ cmd: 'aibot_msg_callback', headers: { req_id: id }, body });
  }

  event(eventtype: string, user: string): void {
    const id = `e${++this.#count}`;
    const body = { msgid: id, aibotid: 'bot', chattype: 'single', from: { userid: user }, msgtype: 'event', event: { eventtype } };
    this.raw({ cmd: 'aibot_event_callback', headers: { req_id: id }, body });
  }

  /** Anything at all. */
  raw(frame: unknown): void {
    this.#robot?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  #take(socket: WebSocket, given: Given): void {
    this.frames.push(given);
    const { cmd } = given;
    if (!this.faults.ignored.has(cmd)) {
      const refused = this.faults.refused.get(cmd);
      const { code, body } = refused === undefined ? this.#do(socket, given) : { code: refused, body: undefined };
      if (this.faults.lost.delete(cmd)) this.drop();
      else socket.send(JSON.stringify({ headers: given.headers, errcode: code, errmsg: '', ...(body ? { body } : {}) }));
    }
    this.#look();
  }

  #do(socket: WebSocket, { cmd, headers, body = {} }: Given): { code: number; body?: Record<string, unknown> } {
    if (cmd === 'aibot_subscribe') return { code: this.#subscribe(socket, body) };
    if (socket !== this.#robot) return { code: 846609 };
    switch (cmd) {
      case 'ping':
        return { code: 0 };
      case 'aibot_respond_msg':
        return { code: this.#answer(headers.req_id, body) };
      case 'aibot_send_msg':
        return { code: this.#push(body) };
      case 'aibot_upload_media_init':
        return { code: 0, body: { upload_id: this.#begin(body) } };
      case 'aibot_upload_media_chunk':
        return { code: this.#chunk(body) };
      case 'aibot_upload_media_finish':
        return this.#finish(body);
      default:
        return { code: cmd === 'aibot_respond_welcome_msg' ? this.#welcome(headers.req_id, body) : 40008 };
    }
  }

  #subscribe(socket: WebSocket, { bot_id, secret }: Record<string, unknown>): number {
    if (this.#secrets.get(String(bot_id)) !== secret) return 853000;
    const before = this.#robot;
    if (before && before !== socket) {
      this.event('disconnected_event', '');
      before.close();
    }
    this.#robot = socket;
    this.subscriptions++;
    socket.on('close', () => {
      if (this.#robot === socket) this.#robot = undefined;
      this.#look();
    });
    return 0;
  }

  #answer(id: string, { msgtype, stream }: Record<string, unknown>): number {
    const chat = this.#open.get(id);
    if (chat === undefined) return 846605;
    if (msgtype !== 'stream') return 40008;
    const { content = '', finish } = stream as { content?: string; finish?: boolean };
    if (finish) this.#open.delete(id);
    return this.#arrive({ chat, text: content, how: 'answer' });
  }

  #welcome(id: string, { msgtype, text }: Record<string, unknown>): number {
    if (!id.startsWith('e') || msgtype !== 'text') return 846605;
    return this.#arrive({ chat: id, text: (text as { content: string }).content, how: 'answer' });
  }

  #push({ chatid, msgtype, ...body }: Record<string, unknown>): number {
    const chat = String(chatid);
    if (!this.#spoke.has(chat)) return 846604;
    if (msgtype === 'markdown') return this.#arrive({ chat, text: (body.markdown as { content: string }).content, how: 'push' });
    if (msgtype !== 'image' && msgtype !== 'file') return 40008;
    const file = this.#media.get(String((body[msgtype] as { media_id?: string }).media_id));
    return file ? this.#arrive({ chat, file, how: 'push' }) : 40007;
  }

  #arrive(arrived: Arrived): number {
    const times = (this.#said.get(arrived.chat) ?? []).filter((at) => at > this.now() - 60_000);
    if (times.length >= 30) return 45009;
    this.#said.set(arrived.chat, [...times, this.now()]);
    this.arrived.push(arrived);
    return 0;
  }

  #begin({ filename, type, md5, total_chunks }: Record<string, unknown>): string {
    const id = `u${++this.#count}`;
    this.#uploads.set(id, { name: String(filename), type: String(type), md5: String(md5), chunks: [], expected: Number(total_chunks) });
    return id;
  }

  #chunk({ upload_id, chunk_index, base64_data }: Record<string, unknown>): number {
    const upload = this.#uploads.get(String(upload_id));
    const bytes = Buffer.from(String(base64_data), 'base64');
    if (!upload || bytes.length > 512 * 1024) return 40058;
    upload.chunks[Number(chunk_index)] = bytes;
    return 0;
  }

  #finish({ upload_id }: Record<string, unknown>): { code: number; body?: Record<string, unknown> } {
    const upload = this.#uploads.get(String(upload_id));
    const bytes = Buffer.concat(upload?.chunks ?? []);
    if (!upload || upload.chunks.length !== upload.expected || createHash('md5').update(bytes).digest('hex') !== upload.md5)
      return { code: 40058 };
    const id = `media${++this.#count}`;
    this.#media.set(id, { name: upload.name, type: upload.type, bytes });
    return { code: 0, body: { type: upload.type, media_id: id, created_at: 0 } };
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}
