import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { verifyAuditCommand } from '../../src/cli/verify-audit.ts';
import { openTestDesk } from '../support/desk.ts';

let folder: string;
const write = process.stdout.write;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-verify-'));
  process.env.STATE_DIR = folder;
});

afterEach(() => {
  process.stdout.write = write;
  process.exitCode = undefined;
  delete process.env.STATE_DIR;
  rmSync(folder, { recursive: true });
});

/** What `verify-audit` prints, and its exit code. */
async function verified() {
  let printed = '';
  process.stdout.write = (text: string | Uint8Array) => {
    printed += text;
    return true;
  };
  process.exitCode = undefined;
  await verifyAuditCommand([]);
  process.stdout.write = write;
  const code = process.exitCode;
  process.exitCode = undefined;
  return { printed, code };
}

test('verify-audit says that the past is whole, and names the case that was changed behind the desk’s back', async () => {
  const store = await openJournalStore({ folder: join(folder, 'main'), log: silentLog });
  const desk = await openTestDesk({ store });
  await desk.say('张奶奶', '3栋2单元楼道灯不亮');
  await desk.to('2026-11-24T03:00:00+08:00');
  const whole = await verified();
  expect(whole.printed).toContain('2 sealed days, each reckoned anew fits');
  expect(whole.code).toBeUndefined();
  const number = await store.transaction(async (tx) => {
    const [appeal] = await tx.find('appeals');
    if (appeal) await tx.put('appeals', { ...appeal, firstWordAt: '2026-11-23T02:01:00.000Z' });
    return appeal?.id;
  });
  const changed = await verified();
  expect(changed.printed).toContain(`the past was changed: ${number}`);
  expect(changed.code).toBe(1);
  await store.close();
});
