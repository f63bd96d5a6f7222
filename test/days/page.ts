import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { loadCast } from '../../src/adapters/simulator/cast.ts';
import { World } from '../../src/adapters/simulator/world.ts';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { filesBelow } from '../../src/adapters/system/files.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import type { Said } from '../../src/cli/converse.ts';
import { openDesk } from '../../src/cli/desk.ts';
import { attachSimulator } from '../../src/cli/simulator.ts';
import type { Outcome } from '../../src/desk/kernel/turn.ts';
import { data, PNG } from '../simulator/stage.ts';
import { chromiumArgs, chromiumPath } from '../support/browser.ts';
import { shippedContent } from '../support/content.ts';
import type { Office } from '../support/dialogue.ts';
import { staff, staffRoom, type Turn } from '../support/musts.ts';

/** A Monday before anybody is up. */
const before = new Date('2026-11-23T06:00:00+08:00');

const people = [
  { id: 'xiaoqiao', name: '小桥', role: 'bot', avatar: '桥' },
  { id: 'grandmother', name: '张奶奶', role: 'resident', avatar: '张' },
  { id: 'shop-owner', name: '刘老板', role: 'resident', avatar: '刘' },
  { id: 'worker', name: '阿杰', role: 'resident', avatar: '杰' },
  ...staff.map(({ name, role }, row) => ({ id: `staff-${row}`, name, role, avatar: name.slice(0, 1) })),
];
const room = { id: 'office', topic: staffRoom, kind: 'staff', members: ['xiaoqiao', ...staff.map((_, row) => `staff-${row}`)] };

export interface ChatPage extends Office {
  /** What the open conversation looks like. */
  screenshot(path: string): Promise<void>;
  /** What the page and the server complained of. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/**
 * The trial in a browser: the whole desk behind the simulator's Wechaty, and its chat page. Whoever speaks opens their conversation, types and
 * sends; what they are answered is read from the page. The clock stands still but for `at`.
 */
export async function openChatPage(): Promise<ChatPage> {
  const folder = await mkdtemp(join(tmpdir(), 'lianxinqiao-day-'));
  const complaints: string[] = [];
  const world = new World({ cast: loadCast({ people, rooms: [room] }), clock: () => before, newId: counted('m') });
  const store = openMemoryStore();
  const ids = steadyIds();
  let address = '';
  const mediaFolder = join(folder, 'media');
  const attached = await attachSimulator(
    {
      config: { HOST: '127.0.0.1', PORT: 0 },
      folder,
      mediaFolder,
      store,
      ids,
      log: silentLog,
      doings: [],
      addressed: (given) => (address = given),
    },
    world,
    data.texts,
  );
  const desk = openDesk({
    store,
    accounts: [attached.account],
    content: shippedContent(),
    clock: world,
    ids,
    files: filesBelow(mediaFolder),
  });
  let heard: (outcome: Outcome) => void = () => {};
  await attached.connect({
    ...desk,
    async hear(message) {
      const outcome = await desk.hear(message);
      heard(outcome);
      return outcome;
    },
  });
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumArgs });
  const page = await open(browser, address, complaints);
  const said: (Said & { readonly id: string })[] = [];
  world.subscribe((event) => {
    if (event.type !== 'message' || event.message.from !== 'xiaoqiao') return;
    const { id, conversation, text, image, file } = event.message;
    const name = world.person(conversation)?.name;
    const attachment = image ?? file;
    said.push({
      after: 0,
      kind: 'reply',
      id,
      text,
      ...(name === undefined ? { room: staffRoom } : { to: name }),
      ...(attachment ? { file: attachment.name } : {}),
    });
  });

  return {
    store,
    complaints,
    async idOf(name) {
      const found = await store.transaction((tx) => tx.find('people', { name }));
      return found[0]?.id;
    },
    async take(turn) {
      said.length = 0;
      if (turn.at !== undefined) await moveClock(page, `${turn.at}:00+08:00`);
      const ended = new Promise<Outcome>((resolve) => {
        heard = resolve;
      });
      await say(page, turn);
      const { decision, topic } = await ended;
      await desk.outbox.pump();
      const replies = await Promise.all(said.map((each) => (each.to === turn.from ? asRead(page, each) : each)));
      return { said: replies, ended: { after: 0, decision, ...(topic ? { topic } : {}) } };
    },
    screenshot: async (path) => {
      await page.screenshot({ path });
    },
    async close() {
      await browser.close();
      await attached.end();
      await attached.close?.();
      await desk.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function open(browser: Browser, address: string, complaints: string[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(address);
  return page;
}

/** Opens somebody's conversation, types or chooses a picture, and sends it. */
async function say(page: Page, { from = '', text, file }: Turn): Promise<void> {
  await page.locator(`[data-conversation="${people.find(({ name }) => name === from)?.id}"]`).click();
  if (file === undefined) {
    await page.locator('#input').fill(text);
    await page.keyboard.press('Enter');
    return;
  }
  await page.getByLabel('发图片').setInputFiles({ name: file, mimeType: 'image/png', buffer: PNG });
  await page.getByRole('button', { name: '发送' }).click();
}

/** What was said, as it stands on the page. */
async function asRead(page: Page, said: Said & { readonly id: string }): Promise<Said> {
  const bubble = page.locator(`[data-id="${said.id}"]`);
  await bubble.waitFor();
  return said.file === undefined ? { ...said, text: (await bubble.locator('.bubble').textContent()) ?? '' } : said;
}

/** Resolves when what fell due has been done. */
async function moveClock(page: Page, to: string): Promise<void> {
  const ok = await page.evaluate(
    (moment) =>
      fetch('/api/clock', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to: moment }) }).then(
        (answer) => answer.ok,
      ),
    to,
  );
  if (!ok) throw new Error(`the clock does not go to ${to}`);
}

function counted(letter: string): () => string {
  let count = 0;
  return () => `${letter}${++count}`;
}
