import { silentLog } from '../src/adapters/system/log.ts';
import { readConfig } from '../src/cli/config.ts';
import { readContent } from '../src/cli/desk.ts';
import { ms, timed } from './measure.ts';
import type { Row } from './row.ts';

/** Messages as residents write them: a question, a grievance, none of our business, one without a clear topic, two in one. */
export const messages = [
  '居住证怎么办',
  '我家楼上漏水 3栋2单元',
  '今天天气怎么样',
  '老伴走了有哪样补助',
  '娃儿上学要办哪样 还有低保咋个申请',
];

const readings = 2000;

/** What it takes to be ready, and to understand one message. */
export async function benchReading(folder: string): Promise<Row[]> {
  const config = readConfig({ STATE_DIR: folder, CONTENT_DIR: process.cwd() });
  const read = () => readContent(config, silentLog, 'bench');
  const trained = await timed(read);
  const cached = await timed(read);
  const { understand } = read().current();
  for (const message of messages) understand(message);
  const understood = await timed(() => {
    for (let i = 0; i < readings; i++) understand(messages[i % messages.length] ?? '');
  });
  return [
    ['content read and model trained', ms(trained)],
    ['content and model from the cache', ms(cached)],
    ['one message understood', ms(understood / readings)],
  ];
}
