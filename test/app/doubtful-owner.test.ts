import { expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

/** A desk whose process is sure to own the community, or not. */
async function openOwnedDesk() {
  let sure = true;
  let sending = () => {};
  const ownership = { isSure: () => sure, lost: new Promise<Error>(() => undefined) };
  const desk = await openTestDesk({ store: { ...openMemoryStore(), ownership }, before: () => sending() });
  const doubt = () => {
    sure = false;
  };
  return {
    desk,
    doubt,
    /** Doubt comes with the first word that is sent. */
    doubtWhileSending() {
      sending = doubt;
    },
    /** @returns what is said then */
    sureAgain() {
      sure = true;
      sending = () => {};
      return desk.heardOf(() => desk.app.outbox.pump());
    },
  };
}

test('while another process may be speaking for the community nothing is said, and afterwards it is', async () => {
  const { desk, doubt, sureAgain } = await openOwnedDesk();
  doubt();
  expect(await desk.say('张奶奶', '居住证怎么办')).toEqual([]);
  expect(readBy('张奶奶', await sureAgain())).toContain('居住证');
});

test('what was claimed when doubt came is not said, and counts as no attempt', async () => {
  const { desk, doubtWhileSending, sureAgain } = await openOwnedDesk();
  doubtWhileSending();
  const first = await desk.say('张奶奶', '楼上漏水滴到我家，3栋2单元501');
  const waiting = await desk.store.transaction((tx) => tx.find('deliveries', { state: 'queued' }));
  expect(waiting.length).toBeGreaterThan(0);
  expect(waiting.every(({ attempts }) => attempts === 0)).toBe(true);
  const all = readBy('张奶奶', [...first, ...(await sureAgain())]);
  expect(all).toContain('已经登记');
});
