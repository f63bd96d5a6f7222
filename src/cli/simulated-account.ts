import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { createFollowers } from '../adapters/official/followers.ts';
import { keepPicture } from '../adapters/official/media.ts';
import { messagesOf } from '../adapters/official/speaking.ts';
import type { Room } from '../adapters/simulator/cast.ts';
import type { Attachment, WorldEvent, WorldMessage } from '../adapters/simulator/message.ts';
import { conversationOn, type PlayedAccount, placeOf } from '../adapters/simulator/place.ts';
import type { World } from '../adapters/simulator/world.ts';
import { type Account, firstAccount, type Saying, SendError } from '../desk/kernel/accounts.ts';
import type { App } from '../desk/kernel/desk.ts';
import type { Message } from '../desk/kernel/message.ts';
import { followersRoom, massAMonth, massFinished } from '../desk/news/followers.ts';
import { createDirectory } from '../desk/people/directory.ts';
import { massUsed, monthOf, noteMass } from '../desk/sending/mass.ts';
import { withoutQuote } from '../domain/words/quotation.ts';
import type { Attached, CommunityDesk } from './community-desk.ts';
import { openPlayedWindow, passWindow, playedProfiles, readEvent } from './stage-accounts.ts';

/** What the bot says in one message. */
type Said = Parameters<World['botSays']>[1];

const pictureTypes: Readonly<Record<string, string>> = { '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg' };

/**
 * Attaches the trial's 服务号 or 企业微信. Who of the cast is staff is so on 企业微信 from their first word there; on the 服务号 everybody is a
 * follower without a name.
 */
export function attachSimulated(desk: CommunityDesk, world: World, name: Exclude<PlayedAccount, typeof firstAccount>): Attached {
  const { store, ids, say, log, mediaFolder } = desk;
  const directory = createDirectory(store, ids, name);
  const followerIn = createFollowers({ name, directory, ids, say });
  const order = new Map<string, Promise<unknown>>();
  let app: App | undefined;
  let leave = () => {};

  async function send(saying: Saying): Promise<void> {
    const { to } = saying;
    if (name === 'official' && 'room' in to) return toAll(saying);
    const id = await directory.nativeOf('room' in to ? to.room : to.person);
    if (id === undefined) throw new SendError('not known to this account', true);
    const said = await inMessages(saying);
    await passWindow({ store, now: () => world.now() }, name, saying, said.length);
    put(id, said);
  }

  /** What is said of it, one message after another, as the account takes them. */
  async function inMessages({ text, file }: Saying): Promise<Said[]> {
    const attachment = file === undefined ? undefined : await attachmentOf(file);
    const isPicture = attachment?.type.startsWith('image/') ?? false;
    const noFile = attachment && !isPicture && !playedProfiles[name].files;
    const words = noFile ? [text, say('official.noFile')].filter((each) => each !== '').join('\n\n') : text;
    const texts = name === 'official' ? messagesOf(words, say) : [words];
    const files = attachment && !noFile ? [isPicture ? { image: attachment } : { file: attachment }] : [];
    return [...texts.flatMap((each) => (each === '' ? [] : [{ text: each }])), ...files];
  }

  function put(id: string, said: readonly Said[]): void {
    for (const each of said) world.botSays(conversationOn({ account: name, id }), each);
  }

  async function attachmentOf(file: string): Promise<Attachment> {
    const type = pictureTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
    return { name: basename(file), type, bytes: new Uint8Array(await readFile(join(mediaFolder, file))) };
  }

  /** One message to everybody who follows, for which no window is needed; a month has four. */
  async function toAll(saying: Saying): Promise<void> {
    const { edition } = saying;
    if (edition === undefined) throw new SendError('only an edition goes to all followers', true);
    const now = world.now();
    const month = monthOf(now);
    const used = await store.transaction((tx) => massUsed(tx, name, month, edition));
    const native = `simulated/${edition}`;
    const state = used >= massAMonth ? 'published' : 'accepted';
    await store.transaction((tx) => noteMass(tx, { id: edition, account: name, month, at: now.toISOString(), native, state }));
    if (state === 'published') return;
    const followers = await present();
    const said = await inMessages(saying);
    for (const id of followers) put(id, said);
    if (app) await massFinished(app, name, { native, sent: followers.length, failed: 0 });
  }

  /** Who of the cast follows. */
  async function present(): Promise<string[]> {
    const known = await Promise.all(world.cast.people.map(async ({ id }) => ((await directory.knows(id)) ? [id] : [])));
    return known.flat();
  }

  function hear(event: WorldEvent): void {
    if (event.type !== 'message') return;
    const { conversation, from } = event.message;
    if (placeOf(conversation).account !== name || from === world.cast.bot.id) return;
    const heard = (order.get(conversation) ?? Promise.resolve()).then(() => take(event.message));
    order.set(
      conversation,
      heard.catch((error: unknown) => log.error({ message: event.message.id, err: error }, 'a message could not be taken over')),
    );
  }

  async function take(said: WorldMessage): Promise<void> {
    const { id, conversation, from, text, image, event, mentions } = said;
    if (!app) return;
    const group = world.room(placeOf(conversation).id);
    const room = group && (await staffRoom(group));
    const person = name === 'wecom' ? await staffOf(from) : await store.transaction((tx) => followerIn(tx, from));
    await store.transaction((tx) => openPlayedWindow(tx, name, person, event !== undefined, world.now()));
    const where = { person, ...(room === undefined ? {} : { room }) };
    const message: Message = {
      id: `${name}/${id}`,
      account: name,
      ...where,
      text: withoutBot(withoutQuote(text)),
      kind: image ? 'image' : 'text',
      addressed: room === undefined || mentions.includes(world.cast.bot.id),
      ...(image ? await kept(app, image, id, where) : {}),
      ...(event === undefined ? {} : readEvent(event)),
    };
    await app.hear(message);
    await app.outbox.pump();
  }

  /** As 企业微信 hands it over: without the robot's name. */
  const withoutBot = (text: string) => text.split(`@${world.cast.bot.name}`).join('').trim();

  async function kept(running: App, image: Attachment, id: string, from: Pick<Message, 'person' | 'room'>) {
    const wanted = await running.receives(from);
    if (wanted === 'yes') return keepPicture(image.bytes, mediaFolder, id);
    return wanted === 'many' ? { unkept: 'many' as const } : {};
  }

  /** Members of the staff are whom they are on WeChat: only the trial knows that without a proof. */
  async function staffOf(id: string): Promise<string> {
    const seen = { name: world.person(id)?.name ?? id, reachable: true };
    if (!(await directory.knows(id)))
      await store.transaction(async (tx) => {
        const onWechat = await tx.get('bindings', `${firstAccount}/person/${id}`);
        if (onWechat) await tx.put('bindings', { ...onWechat, id: `${name}/person/${id}` });
      });
    return directory.person(id, seen);
  }

  /** A group of the staff; there are no others on 企业微信. */
  async function staffRoom({ id, topic }: Room): Promise<string> {
    const ours = await directory.room(id, { name: topic });
    await store.transaction(async (tx) => {
      const row = await tx.get('rooms', ours);
      if (row?.kind === 'unbound') await tx.put('rooms', { ...row, kind: 'staff', boundAt: world.now().toISOString() });
    });
    return ours;
  }

  const account: Account = { name, profile: { ...playedProfiles[name], ...(name === 'official' ? { mass: true } : {}) }, send };
  return {
    account,
    async connect(running) {
      app = running;
      if (name === 'official') await store.transaction((tx) => followersRoom(tx, ids, name, say('official.followers'), world.now()));
      leave = world.subscribe(hear);
    },
    end: () => leave(),
  };
}
