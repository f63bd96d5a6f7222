import type { Line } from '../../../src/cli/converse.ts';
import { createApp } from '../../../src/desk/conversation/app.ts';
import type { Pace, Saying } from '../../../src/desk/kernel/accounts.ts';
import type { Snapshot } from '../../../src/desk/kernel/content.ts';
import type { App } from '../../../src/desk/kernel/desk.ts';
import type { Papers } from '../../../src/desk/kernel/papers.ts';
import type { Store } from '../../../src/desk/kernel/ports.ts';
import type { Edition } from '../../../src/desk/news/rows.ts';
import type { Broadcast, NewsItem } from '../../../src/domain/content/knowledge.ts';
import { accountThat } from '../../support/account.ts';
import { shippedContent } from '../../support/content.ts';
import { openTestDesk } from '../../support/desk.ts';

/** A moment of Shanghai: "11-27 09:00" (2026), or "2027-01-01 09:00". */
export function at(said: string): Date {
  const [day = '', time = ''] = said.split(' ');
  return new Date(`${day.length === 5 ? `2026-${day}` : day}T${time}:00+08:00`);
}

export interface Options {
  readonly news?: readonly NewsItem[];
  readonly broadcast?: Partial<Broadcast>;
  readonly rules?: Partial<Snapshot['broadcasts']>;
  readonly rooms?: readonly string[];
  readonly pace?: Pace;
  readonly papers?: Papers;
  /** Is asked before each message is sent; what it throws, the channel does. */
  readonly before?: (saying: Saying) => Promise<void> | void;
}

export interface Newsdesk {
  readonly store: Store;
  readonly app: App;
  /** What arrived, with the time at which it did. */
  readonly said: (Saying & { readonly at: string })[];
  /** Moves the clock and does what is due then. */
  to(moment: string): Promise<void>;
  /** Lets the minutes pass one by one, as a bot does that runs all the time. */
  through(from: string, until: string, stepMinutes?: number): Promise<void>;
  say(person: string, text: string): Promise<string>;
  /** Sends a picture, or a file. */
  show(person: string, file: string): Promise<string>;
  /** Who got something with these words, in order. */
  heard(words: string): string[];
  edition(id: string): Promise<Edition | undefined>;
  /** Another process over the same store, or one with another part. */
  again(parts?: Partial<App>): App;
  /** The content is edited while the bot runs. */
  edit(change: Pick<Options, 'news' | 'broadcast' | 'rules'>): void;
}

export const item = (id: string, date: string, more: Partial<NewsItem> = {}): NewsItem => ({
  id,
  date,
  title: `标题${id}`,
  text: `正文${id}。`,
  category: '最新通知',
  ...more,
});

/** The app with an account of its own: 李主任 (director), 小周 (worker), a staff group, residents' groups bound on 11-20. */
export async function newsdesk(options: Options = {}): Promise<Newsdesk> {
  const shipped = shippedContent().current();
  const [weekly] = shipped.broadcasts.broadcasts;
  const contentOf = ({ news = [item('a', '2026-11-23')], broadcast = {}, rules = {} }: Options): Snapshot => ({
    ...shipped,
    news,
    broadcasts: { ...shipped.broadcasts, broadcasts: weekly ? [{ ...weekly, ...broadcast }] : [], ...rules },
  });
  let content = contentOf(options);
  const said: Newsdesk['said'] = [];
  let now = at('11-23 10:00');
  const { app, store, stage } = await openTestDesk({
    content: { current: () => content, teach: () => undefined },
    staffRooms: [],
    rooms: [],
    at: null,
    parts: {
      clock: { now: () => now },
      accounts: [
        accountThat(
          async (saying) => {
            await options.before?.(saying);
            said.push({ ...saying, at: now.toISOString() });
          },
          options.pace ? { pace: options.pace } : {},
        ),
      ],
      papers: options.papers as Papers,
    },
  });
  await store.transaction(async (tx) => {
    await tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: true });
    await tx.put('rooms', { id: '工作群', name: '工作群', kind: 'staff', speaks: 'addressed' });
    for (const id of options.rooms ?? ['A', 'B', 'C'])
      await tx.put('rooms', { id, name: `${id}群`, kind: 'residents', speaks: 'addressed', boundAt: at('11-23 09:00').toISOString() });
  });
  const answered = async (person: string, line: Line) => {
    const before = said.length;
    await stage.take({ from: person, ...line });
    return said
      .slice(before)
      .flatMap(({ to, text: words }) => (to.person === person ? [words] : []))
      .join('\n');
  };
  // By jumps, as for a bot that ticks now and then: the stage's own clock would stop wherever something is due.
  const moveTo = (moment: Date) => {
    now = moment;
    return app.tick();
  };
  return {
    store,
    app,
    said,
    to: (moment) => moveTo(at(moment)),
    async through(from, until, stepMinutes = 1) {
      for (let moment = at(from).getTime(); moment <= at(until).getTime(); moment += stepMinutes * 60_000) await moveTo(new Date(moment));
    },
    say: (person, text) => answered(person, { text }),
    show: (person, file) => answered(person, { file }),
    heard: (words) => said.flatMap(({ to, text }) => (text.includes(words) ? [('room' in to ? to.room : to.person) ?? ''] : [])),
    edition: (id) => store.transaction((tx) => tx.get('editions', id)),
    again: (parts = {}) => createApp({ ...app, ...parts }),
    edit(change) {
      content = contentOf({ ...options, ...change });
    },
  };
}

/** Says a command and the code that it asks for. */
export async function confirmed(desk: Newsdesk, person: string, text: string): Promise<string> {
  const [, code = ''] = /确认 ([A-Z0-9]+)/.exec(await desk.say(person, text)) ?? [];
  return desk.say(person, `确认 ${code}`);
}
