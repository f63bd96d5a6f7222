import { afterEach, expect, test } from '@jest/globals';
import { openBoth } from './both.ts';

let both: Awaited<ReturnType<typeof openBoth>>;
afterEach(() => both.close());

test('danger at three in the morning at the 服务号: the card at once, staff called on 企业微信, who took it heard there, and what is said then goes to them', async () => {
  both = await openBoth('2026-11-23T22:00:00+08:00');
  const { phone, service, onWecom, to, world } = both;
  // A colleague who is nowhere but at the 服务号, whose window is long shut at three.
  const colleague = phone('o-zhou');
  await both.enlist(colleague, '小周', 'worker');
  await onWecom('LiZhuRen', '/值班 我');
  const resident = phone('o-zhang');
  await resident.follow();
  await to('2026-11-24T03:00:00+08:00');

  const [seen, called] = [resident.all().length, service.read('LiZhuRen').length];
  await resident.say('救命，家里着火了，3栋2单元501');
  const [card, ...others] = resident.all().slice(seen);
  expect(card).toMatchObject({ how: 'passive', text: expect.stringContaining('119') });
  // Who was called is named, and not the colleague, whom nothing reaches now.
  expect(card?.text).toContain('我已经叫了值班的LiZhuRen');
  expect(card?.text).not.toContain('小周');
  expect(others).toEqual([]);
  await service.until(() => service.read('LiZhuRen').length > called);
  expect(service.read('LiZhuRen').at(-1)).toContain('3栋2单元501');
  expect(colleague.read()).toBe('');

  await onWecom('LiZhuRen', '/收到 我马上到');
  expect(resident.all().at(-1)).toMatchObject({ how: 'service', text: expect.stringContaining('LiZhuRen收到了，说：我马上到') });
  const before = service.read('LiZhuRen').length;
  await resident.say('我们下到楼下了，火还在烧');
  await service.until(() => service.read('LiZhuRen').length > before);
  expect(service.read('LiZhuRen').slice(before).join()).toContain('我们下到楼下了');
  expect(world.outside).toBe(0);
});

/** Somebody on duty who is on both, and wants to be written to at the 服务号. */
async function onBoth({ phone, onWecom }: Awaited<ReturnType<typeof openBoth>>) {
  const codeIn = (text: string) => /口令：(\w{8})/.exec(text)?.[1] ?? '';
  await onWecom('ZhouLei', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
  const zhou = phone('o-zhou');
  await zhou.follow();
  await zhou.say(codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
  await zhou.say('/收信 服务号');
  await zhou.say('/值班 我');
  expect(zhou.read()).toContain('小周 值班');
  return zhou;
}

test('while the 服务号 is banned who is on both is called on 企业微信', async () => {
  both = await openBoth('2026-11-24T03:00:00+08:00');
  const { phone, service, world } = both;
  const zhou = await onBoth(both);
  const resident = phone('o-zhang');
  await resident.follow();
  world.platform.banned = true;
  const before = service.read('ZhouLei').length;
  await resident.say('救命，家里着火了，3栋2单元501');
  await service.until(() => service.read('ZhouLei').length > before);
  expect(service.read('ZhouLei').slice(before).join()).toContain('3栋2单元501');
  expect(zhou.read()).toBe('');
});

test('who of the staff is on the 服务号 too, and wrote there last, is called on 企业微信 when the window there is shut', async () => {
  both = await openBoth('2026-11-21T10:00:00+08:00');
  const { phone, service, to, world } = both;
  const zhou = await onBoth(both);
  const resident = phone('o-zhang');
  await resident.follow();
  await to('2026-11-24T03:00:00+08:00');
  const before = service.read('ZhouLei').length;
  zhou.read();
  await resident.say('救命，家里着火了，3栋2单元501');
  await service.until(() => service.read('ZhouLei').length > before);
  expect(service.read('ZhouLei').slice(before).join()).toContain('3栋2单元501');
  expect(zhou.read()).toBe('');
  expect(world.outside).toBe(0);
  // Once: their next word there does not bring it again.
  await zhou.say('/待办');
  expect(zhou.read()).not.toContain('3栋2单元501');
});
