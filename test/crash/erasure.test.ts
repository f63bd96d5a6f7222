import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { passingVault } from '../../src/adapters/system/vault.ts';
import { verifyAudit } from '../../src/desk/kernel/audit.ts';
import { killedEverywhere } from './everywhere.ts';
import { CrashWorld, type Step } from './world.ts';

const say = (person: string, text: string): Step => ({ say: { person, text } });

const before: readonly Step[] = [
  say('张奶奶', '楼上漏水滴到我家，3栋2单元501，我电话13985801234'),
  say('小刘', '3栋1单元楼道灯不亮'),
  say('小周', '/受理 1'),
  say('小周', '/回复 1 师傅明天来'),
];
const deletion: readonly Step[] = [say('张奶奶', '删除我的信息'), say('张奶奶', '1'), say('小刘', '你好'), say('小刘', '您好')];

function onDisk(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

describe('killed at every point of a deletion', () => {
  test('nothing of the person is left, everybody else is, and the audit trail is whole', async () => {
    const begun = new CrashWorld();
    await begun.start();
    await begun.furnish();
    for (const [index, step] of before.entries()) await begun.happen([step], index);
    expect(onDisk(begun.folder)).toContain('滴到我家');
    const points = await killedEverywhere(begun, {
      steps: deletion.map((step) => () => step),
      first: 100,
      async holds(world) {
        for (const words of ['滴到我家', '139****1234', '师傅明天来']) expect(onDisk(world.folder)).not.toContain(words);
        expect(onDisk(world.folder)).toContain('3栋1单元楼道灯不亮');
        expect(await world.read((tx) => verifyAudit({ tx, vault: passingVault() }))).not.toHaveProperty('broken');
      },
    });
    expect(points).toBeGreaterThan(20);
  }, 60_000);
});
