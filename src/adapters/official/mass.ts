import { type Saying, SendError } from '../../desk/kernel/accounts.ts';
import type { Clock, Store } from '../../desk/kernel/ports.ts';
import { massAMonth } from '../../desk/news/followers.ts';
import { type MassEnd, massUsed, massWithoutEnd, monthOf, noteMass } from '../../desk/sending/mass.ts';
import { type Client, NotConnected } from './client.ts';
import { ApiError } from './errors.ts';
import { pictureIn } from './media.ts';

/** A mass message is asked again so often where nobody knows what became of it. */
const triesAtMost = 3;
const againMs = 61_000;
/** An administrator has half an hour to confirm; what is sent takes minutes. */
const patienceMs = 60 * 60_000;
/** Characters of a text that goes to all; what is longer needs a picture, and becomes an article. */
const longestText = 600;
const longestTitle = 30;

export interface MassOptions {
  readonly name: string;
  readonly client: Client;
  readonly store: Store;
  readonly clock: Clock;
  readonly mediaFolder: string;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface MassSender {
  /** Sends an edition to all followers, once however often it is asked. @throws ApiError · SendError */
  send(saying: Saying): Promise<void>;
  /** Asks how messages to all ended of which WeChat has told nothing for an hour: what it tells may have been lost. @throws ApiError */
  ends(): Promise<readonly MassEnd[]>;
}

/**
 * One message to all followers. The edition's id goes with it: WeChat itself takes the same edition only once, so that it can be asked again where an
 * answer was lost. When the month's quota is used up the edition is published in the account without being sent.
 */
export function massSender({ name, client, store, clock, mediaFolder, sleep }: MassOptions): MassSender {
  /** Puts the edition together; what it takes is made anew at each try, which harms nobody. */
  async function article({ text, file }: Saying): Promise<string | undefined> {
    const picture = file === undefined ? undefined : await pictureIn(mediaFolder, file);
    if (!picture) return undefined;
    const { media_id: thumb_media_id } = await client.upload('/cgi-bin/material/add_material', { type: 'image' }, picture);
    const { media_id } = await client.post('/cgi-bin/draft/add', { articles: [{ ...articleOf(text), thumb_media_id }] });
    return String(media_id);
  }

  async function ask(saying: Saying, edition: string): Promise<string> {
    const media = await article(saying);
    if (media === undefined && saying.text.length > longestText)
      throw new SendError('too long for a text to all, and there is no picture', true);
    const what =
      media === undefined ? { msgtype: 'text', text: { content: saying.text } } : { msgtype: 'mpnews', mpnews: { media_id: media } };
    const answer = await client.post('/cgi-bin/message/mass/sendall', {
      filter: { is_to_all: true },
      ...what,
      send_ignore_reprint: 0,
      clientmsgid: edition,
    });
    return String(answer.msg_id);
  }

  async function askAgain(saying: Saying, edition: string): Promise<string> {
    for (let tries = 1; ; tries++) {
      try {
        return await ask(saying, edition);
      } catch (error) {
        if (error instanceof ApiError && error.meaning === 'known') return String(error.answer.msg_id);
        const mayBeAsked =
          error instanceof NotConnected || (error instanceof ApiError && (error.meaning === 'unsure' || error.code === 45066));
        if (!mayBeAsked || tries >= triesAtMost) throw error;
        await sleep(againMs);
      }
    }
  }

  /** @returns undefined while it is still being sent, or waits to be confirmed */
  async function endOf(native: string): Promise<MassEnd | undefined> {
    const { msg_status } = await client.post('/cgi-bin/message/mass/get', { msg_id: native });
    const status = String(msg_status);
    if (status === 'SENDING') return undefined;
    return { native, ...(status === 'SEND_SUCCESS' ? {} : { why: status }) };
  }

  return {
    async ends() {
      const since = new Date(clock.now().getTime() - patienceMs);
      const natives = await store.transaction((tx) => massWithoutEnd(tx, name, since));
      const ends = await Promise.all(natives.map(endOf));
      return ends.filter((end) => end !== undefined);
    },
    async send(saying) {
      const { edition } = saying;
      if (edition === undefined) throw new SendError('only an edition goes to all followers', true);
      const month = monthOf(clock.now());
      const used = await store.transaction((tx) => massUsed(tx, name, month, edition));
      const row = { id: edition, account: name, month, at: clock.now().toISOString() };
      if (used >= massAMonth) {
        const media = await article(saying);
        if (media === undefined) throw new SendError("the month's mass messages are used up, and there is no picture for an article", true);
        const { publish_id } = await client.post('/cgi-bin/freepublish/submit', { media_id: media });
        await store.transaction((tx) => noteMass(tx, { ...row, native: `publish/${publish_id}`, state: 'published' }));
        return;
      }
      const native = await askAgain(saying, edition);
      await store.transaction((tx) => noteMass(tx, { ...row, native, state: 'accepted' }));
    },
  };
}

/** An edition as an article: its first line is the title. */
function articleOf(text: string): { title: string; content: string } {
  const [title = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  return {
    title: [...title.replace(/[【】]/g, '')].slice(0, longestTitle).join(''),
    content: lines.map((line) => `<p>${escaped(line)}</p>`).join(''),
  };
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
