import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeXml } from '../../src/adapters/official/xml.ts';
import { signed } from '../../test/official/emulator/phone.ts';
import { World } from '../../test/official/emulator/world.ts';

/** What the crowd is told: where the account's pushes go, how many come in a second and for how long, and what people say. */
export interface Orders {
  readonly address: string;
  readonly aSecond: number;
  readonly seconds: number;
  readonly openids: readonly string[];
  readonly messages: readonly string[];
}

/** What became of a push: milliseconds from when it was due until its answer was read, and what that was (0: the connection was torn). */
export type Answered = readonly [ms: number, status: number, hasWords: boolean];

/** In a process of its own, so that measuring does not wait for what is measured: pushes come when they are due, answered or not. */
const [orders] = (await once(process, 'message')) as [Orders];
const { address, aSecond, seconds, openids, messages } = orders;
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const world = new World(new Date().toISOString());

function push(query: string, body: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${address}?${query}`,
      { method: 'POST', agent, headers: { 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

async function one(index: number, due: number): Promise<Answered> {
  world.to(new Date().toISOString());
  const { query, body } = signed(
    world,
    writeXml({
      ToUserName: 'gh_97417a04a28d',
      FromUserName: openids[index % openids.length] ?? '',
      CreateTime: Math.floor(Date.now() / 1000),
      MsgType: 'text',
      // Each at a place of its own: hundreds do not report one leak.
      Content: (messages[index % messages.length] ?? '').replace('3栋2单元', `${1 + (index % 997)}栋${1 + (index % 5)}单元`),
      MsgId: world.id(),
    }),
  );
  const { status, text } = await push(query, body).catch(() => ({ status: 0, text: '' }));
  return [performance.now() - due, status, text.startsWith('<xml>')];
}

const answers: Promise<Answered>[] = [];
const start = performance.now();
for (let index = 0; index < aSecond * seconds; index++) {
  const due = start + (index * 1000) / aSecond;
  await sleep(Math.max(0, due - performance.now()));
  answers.push(one(index, due));
}
process.send?.(await Promise.all(answers), () => process.disconnect());
agent.destroy();
