import { randomBytes } from 'node:crypto';
import { keyOf, openSealed, seal } from '../../../src/adapters/official/safe-mode.ts';
import { signatureOf } from '../../../src/adapters/official/signature.ts';
import { readXml, writeXml } from '../../../src/adapters/official/xml.ts';
import type { Shown, World } from './world.ts';

/** Brings a push to the bot. @returns what was answered; rejects when the connection was torn */
export type Bring = (query: string, body: string) => Promise<{ readonly status: number; readonly text: string }>;

const original = 'gh_97417a04a28d';
const triesAtMost = 3;
const errorLine = '该公众号提供的服务出现故障，请稍后再试';

/** Signed as WeChat signs, and sealed if that is set. @returns the query and the body */
export function signed(world: World, content: string): { readonly query: string; readonly body: string } {
  const { token, key, appId, format } = world.platform;
  const timestamp = String(Math.floor(world.now().getTime() / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const query = new URLSearchParams({ signature: signatureOf(token, timestamp, nonce), timestamp, nonce });
  if (key === undefined) return { query: query.toString(), body: content };
  const Encrypt = seal(content, keyOf(key), appId);
  query.set('encrypt_type', 'aes');
  query.set('msg_signature', signatureOf(token, timestamp, nonce, Encrypt));
  const envelope = { ToUserName: original, Encrypt };
  return { query: query.toString(), body: format === 'json' ? JSON.stringify(envelope) : writeXml(envelope) };
}

/** What a push says, in the format that is set; long ids as numbers without quotes, as WeChat writes them in JSON. */
function written(world: World, fields: Readonly<Record<string, string | number>>): string {
  if (world.platform.format === 'xml') return writeXml(fields);
  return JSON.stringify(fields).replace(/"MsgId":"(\d+)"/, '"MsgId":$1');
}

/** The text of a passive answer; undefined when the answer is an error to WeChat. */
function answerIn(world: World, text: string): string | undefined {
  if (text === 'success' || text === '') return '';
  const { key, appId } = world.platform;
  const fields = new Map(readXml(text)?.children.map(({ name, text: words }) => [name, words]));
  if (key === undefined) return fields.get('Content');
  const sealed = fields.get('Encrypt') ?? '';
  const right = signatureOf(world.platform.token, fields.get('TimeStamp') ?? '', fields.get('Nonce') ?? '', sealed);
  if (fields.get('MsgSignature') !== right) return undefined;
  const opened = openSealed(sealed, [keyOf(key)], appId)?.text;
  return opened === undefined ? undefined : readXml(opened)?.children.find(({ name }) => name === 'Content')?.text;
}

export interface Phone {
  readonly openid: string;
  /** What stood on it since it was last looked at. */
  read(): string;
  all(): readonly Shown[];
  follow(scene?: string): Promise<void>;
  unfollow(): Promise<void>;
  scan(scene: string): Promise<void>;
  say(text: string): Promise<void>;
  image(bytes: Uint8Array, type?: string): Promise<void>;
  voice(): Promise<void>;
  location(latitude: number, longitude: number, label: string): Promise<void>;
  link(title: string, url: string): Promise<void>;
  click(key: string): Promise<void>;
  /** Opens a page from the menu; the account is told of it. */
  view(url: string): Promise<void>;
}

/**
 * A phone in somebody's hand. `loses`: so many answers of the bot are lost on their way after it has taken the push; `settled`: all is said that comes
 * of a push; `waited`: the five seconds have passed after which a push that was not answered is brought again.
 */
export function phoneOf(
  world: World,
  bring: Bring,
  openid: string,
  {
    loses = { answers: 0 },
    settled = async () => {},
    waited = () => world.pass(5_000),
  }: { readonly loses?: { answers: number }; readonly settled?: () => Promise<void>; readonly waited?: () => void } = {},
): Phone {
  const me = () => world.person(openid);
  let read = 0;

  async function push(fields: Readonly<Record<string, string | number>>): Promise<void> {
    const CreateTime = Math.floor(world.now().getTime() / 1000);
    const content = written(world, { ToUserName: original, FromUserName: openid, CreateTime, ...fields });
    for (let tries = 1; tries <= triesAtMost; tries++) {
      const { query, body } = signed(world, content);
      const answer = await bring(query, body).catch(() => undefined);
      const isLost = loses.answers > 0 && loses.answers-- > 0;
      const text = answer?.status === 200 && !isLost ? answerIn(world, answer.text) : undefined;
      if (text !== undefined) {
        if (text !== '') world.show(openid, 'passive', text);
        return settled();
      }
      waited();
    }
    if (me().follows) world.show(openid, 'error', errorLine);
    await settled();
  }
  const message = (fields: Readonly<Record<string, string | number>>) => {
    world.opens(me(), 'message');
    return push({ ...fields, MsgId: world.id() });
  };
  const event = (fields: Readonly<Record<string, string | number>>) => push({ MsgType: 'event', ...fields });

  return {
    openid,
    all: () => me().shown,
    read() {
      const fresh = me().shown.slice(read);
      read = me().shown.length;
      return fresh.map(({ text }) => text).join('\n');
    },
    follow(scene) {
      me().follows = true;
      world.opens(me(), 'touch');
      return event({ Event: 'subscribe', EventKey: scene === undefined ? '' : `qrscene_${scene}`, Ticket: scene === undefined ? '' : 'T' });
    },
    unfollow() {
      me().follows = false;
      return event({ Event: 'unsubscribe', EventKey: '' });
    },
    scan(scene) {
      world.opens(me(), 'touch');
      return event({ Event: 'SCAN', EventKey: scene, Ticket: 'T' });
    },
    click(key) {
      world.opens(me(), 'touch');
      return event({ Event: 'CLICK', EventKey: key });
    },
    view: (url) => event({ Event: 'VIEW', EventKey: url, MenuId: 'M' }),
    say: (text) => message({ MsgType: 'text', Content: text }),
    image(bytes, type = 'image/jpeg') {
      const MediaId = `media-${world.id()}`;
      world.media.set(MediaId, { bytes, until: world.now().getTime() + 3 * 24 * 3600_000, type });
      return message({ MsgType: 'image', PicUrl: 'http://mmbiz.qpic.cn/1', MediaId });
    },
    voice: () => message({ MsgType: 'voice', MediaId: 'v', Format: 'amr', Recognition: '' }),
    location: (latitude, longitude, label) =>
      message({ MsgType: 'location', Location_X: latitude, Location_Y: longitude, Scale: 15, Label: label }),
    link: (title, url) => message({ MsgType: 'link', Title: title, Description: '', Url: url }),
  };
}

/** WeChat tells the account something that nobody did, such as the end of a mass message. */
export async function tell(world: World, bring: Bring, fields: Readonly<Record<string, string | number>>): Promise<number> {
  const CreateTime = Math.floor(world.now().getTime() / 1000);
  const { query, body } = signed(world, writeXml({ ToUserName: original, FromUserName: 'mass', CreateTime, MsgType: 'event', ...fields }));
  return (await bring(query, body)).status;
}
