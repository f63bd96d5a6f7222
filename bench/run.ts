import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStage } from '../src/cli/converse.ts';
import { readContent } from '../src/cli/desk.ts';
import { readConfig } from '../src/config.ts';
import { openLowdbStore } from '../src/store/lowdb.ts';
import { silentLog } from '../src/system/log.ts';

/** What `npm run bench` measures: milliseconds of wall time on this machine, printed as a table. npm runs it in the project's folder. */
const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-bench-'));
const rows: [string, string][] = [];
const since = (start: number) => performance.now() - start;
const show = (name: string, ms: number) => rows.push([name, ms < 10 ? ms.toFixed(2) : ms.toFixed(0)]);

const config = readConfig({ STATE_DIR: folder, CONTENT_DIR: process.cwd() });
let start = performance.now();
readContent(config);
show('content read and model trained', since(start));
start = performance.now();
const content = readContent(config);
show('content read, model from the cache', since(start));

const questions = ['居住证怎么办', '我家楼上漏水 3栋2单元', '今天天气怎么样', '老伴走了有哪样补助', '娃儿上学要办哪样 还有低保咋个申请'];
const { understand } = content.current();
for (const question of questions) understand(question);
start = performance.now();
const readings = 2000;
for (let i = 0; i < readings; i++) understand(questions[i % questions.length] ?? '');
show('one message understood', since(start) / readings);

const store = await openLowdbStore({ folder: join(folder, 'store'), log: silentLog });
const stage = await openStage({ store, content, print: () => {}, staffRooms: ['工作群'] });
start = performance.now();
const turns = 200;
for (let i = 0; i < turns; i++) await stage.take({ from: `居民${i % 40}`, text: questions[i % questions.length] ?? '' });
show(`one turn, of ${turns} one after another, on disk`, since(start) / turns);
start = performance.now();
await Promise.all(
  Array.from({ length: turns }, (_, i) =>
    stage.app.hear({ id: `m${i}`, person: `居民${i % 40}`, text: questions[i % questions.length] ?? '', kind: 'text', addressed: true }),
  ),
);
show(`one turn, of ${turns} at once, on disk`, since(start) / turns);
await store.close();

start = performance.now();
spawnSync(process.execPath, ['dist/cli/main.js', 'ask', '居住证怎么办'], { env: { ...process.env, STATE_DIR: folder } });
show('ask, as a process', since(start));
rmSync(folder, { recursive: true });

const width = Math.max(...rows.map(([name]) => name.length));
process.stdout.write(`${rows.map(([name, ms]) => `${name.padEnd(width)}  ${ms} ms`).join('\n')}\n`);
