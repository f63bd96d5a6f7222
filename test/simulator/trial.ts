import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/cli/config.ts';
import { runDesk } from '../../src/cli/run.ts';
import { openTrial } from '../../src/cli/simulator.ts';
import { trainedFolder } from '../support/trained.ts';
import { ask, events, post } from './http.ts';

interface Shown {
  readonly from: string;
  readonly text: string;
}

/** The trial as somebody has it who starts it with nothing set: its desk, and its page over HTTP. */
export async function startTrial() {
  const stateDir = mkdtempSync(join(tmpdir(), 'lianxinqiao-trial-'));
  cpSync(join(trainedFolder, 'cache'), join(stateDir, 'cache'), { recursive: true });
  const printed: string[] = [];
  const config = readConfig({ STATE_DIR: stateDir, LOG_LEVEL: 'silent', PORT: '0' });
  const { desk, attached } = await openTrial(
    config,
    (line) => void printed.push(line),
    () => undefined,
  );
  const running = await runDesk(desk, attached);
  await running.begin();
  const address = /http:\/\/\S+/.exec(printed.join('\n'))?.[0] ?? '';
  const state = async () => (await ask(address, 'api/state')).json;
  const read = async (conversation: string): Promise<string[]> => {
    const { conversations, bot } = await state();
    const { messages } = conversations.find(({ id }: { id: string }) => id === conversation);
    return messages.filter(({ from }: Shown) => from === bot).map(({ text }: Shown) => text);
  };
  /** Does something, and waits until the bot has said something in a conversation. */
  const answered = async (conversation: string, act: () => Promise<unknown>): Promise<string[]> => {
    const { after, bot } = await state();
    const before = (await read(conversation)).length;
    await act();
    await events(address, `api/events?after=${after}`, (text) =>
      text.split('\n').some((line) => line.startsWith('data: ') && line.includes(`"conversation":"${conversation}","from":"${bot}"`)),
    );
    await running.app.outbox.pump();
    return (await read(conversation)).slice(before);
  };
  return {
    desk,
    app: running.app,
    address,
    read,
    answered,
    say: (from: string, conversation: string, text: string) =>
      answered(conversation, () => post(address, 'api/say', { from, conversation, text })),
    act: (from: string, event: string) =>
      answered(`${from}@official`, () => post(address, 'api/do', { from, conversation: `${from}@official`, event })),
    /** Moves the clock, and does what is due then. */
    move: (move: { readonly by: string } | { readonly to: string }) => post(address, 'api/clock', move),
    window: async (person: string) => (await ask(address, `api/window/${person}`)).json,
    async close() {
      await running.end();
      await running.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
