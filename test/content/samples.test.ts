import { describe, expect, test } from '@jest/globals';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { withMarkedSamples, withoutSamples } from '../../src/adapters/content/samples.ts';
import { cardOf } from '../../src/desk/danger/cards.ts';
import type { Content } from '../../src/desk/kernel/content.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

const files = loadFiles(projectFolder);
const samples = [...files.content.local.values()].filter(({ sample }) => sample !== undefined);

/** The shipped content with examples, as the simulator has it. */
function inSimulator(): Content {
  const current = { ...shippedContent().current(), local: withMarkedSamples(files).content.local };
  return { current: () => current, teach: () => undefined };
}

describe('an example of a local fact', () => {
  test('is there for places, telephones, hours and names, and for nothing else', () => {
    expect(samples.length).toBeGreaterThanOrEqual(30);
    for (const { id, sample = '' } of samples) {
      expect([id, sample]).not.toEqual([id, expect.stringMatching(/元|块|%|成|倍|免费领|以上|以下|符合|档/u)]);
      expect(id).not.toMatch(/standard|rule|rate|fee|amount|limit|pay|levels|sms/);
    }
  });

  test('has only numbers that nobody has', () => {
    const numbers = samples.flatMap(({ sample = '' }) => sample.match(/\d[\d-]{5,}/g) ?? []);
    expect(numbers.length).toBeGreaterThan(10);
    for (const number of numbers) expect(number).toMatch(/^0858-00000\d\d$/);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('is said in the simulator, as an example', async () => {
    const { say } = await openTestDesk({ content: inSimulator(), papers: false });
    const heard = readBy('张奶奶', await say('张奶奶', '社区电话多少'));
    expect(heard).toContain('0858-0000001（示例）');
    expect(heard).not.toContain('没有准信');
  });

  test('is asked of staff all the same, and gives way to what they say', async () => {
    const { say } = await openTestDesk({ content: inSimulator(), papers: false });
    expect(readBy('小周', await say('小周', '/本地 填 office.phone'))).toContain('社区的办公电话是多少？');
    await say('小周', '0858-8123456');
    await say('小周', '好了');
    await say('小周', '1');
    const heard = readBy('张奶奶', await say('张奶奶', '社区电话多少'));
    expect(heard).toContain('0858-8123456');
    expect(heard).not.toContain('0858-0000001');
  });

  test('is not there for anybody else', async () => {
    expect([...withoutSamples(files).content.local.values()].filter((fact) => 'sample' in fact)).toEqual([]);
    expect([...shippedContent().current().local.values()].filter((fact) => 'sample' in fact)).toEqual([]);
  });

  test('of news is there for the columns that an office begins with, dated, and only in the simulator', () => {
    const examples = files.content.news.filter(({ sample }) => sample);
    for (const column of ['群众路线', '党建', '居务公开', '活动'])
      expect([column, examples.filter(({ category }) => category === column).length >= 3]).toEqual([column, true]);
    for (const { expires } of examples) expect(expires).toBeDefined();
    for (const { title } of withMarkedSamples(files).content.news.filter(({ sample }) => sample)) expect(title).toContain('（示例）');
    expect(withoutSamples(files).content.news.some(({ sample }) => sample)).toBe(false);
    expect(
      shippedContent()
        .current()
        .news.some(({ sample }) => sample),
    ).toBe(false);
  });

  test('never stands on a card that tells what to do in danger', () => {
    const content = inSimulator().current();
    const local = new Map([...content.local].map(([id, fact]) => [id, { ...fact, sample: '示例' }]));
    for (const kind of content.emergencies.kinds) expect(cardOf({ ...content, local }, kind, '').whole).not.toContain('示例');
  });
});
