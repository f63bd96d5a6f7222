import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { openRobot, type Robot } from './robot.ts';

let robot: Robot;
afterEach(() => robot.close());

async function connected(): Promise<Robot> {
  robot = await openRobot();
  robot.connection.start();
  await robot.in();
  return robot;
}

const kinds = () => robot.states.map(({ kind }) => kind);

describe('one connection, kept', () => {
  test('subscribes with id and secret, and pings twice a minute', async () => {
    const { service, clock } = await connected();
    expect(service.frames[0]).toMatchObject({ cmd: 'aibot_subscribe', body: { bot_id: 'bot', secret: 'secret' } });
    for (const pings of [1, 2, 3]) {
      await clock.nextIs(30_000);
      clock.pass(30_000);
      await service.until(() => service.frames.filter(({ cmd }) => cmd === 'ping').length === pings);
    }
    expect(kinds()).toEqual(['connecting', 'in']);
  });

  test('a lost connection comes back by itself, with longer and longer pauses while nobody answers', async () => {
    const { service, clock } = await connected();
    service.faults.ignored.add('aibot_subscribe');
    service.drop();
    const pauses: number[] = [];
    for (let tries = 1; tries <= 4; tries++) {
      await robot.until(() => robot.connection.state.kind === 'out');
      pauses.push(clock.next ?? 0);
      clock.pass(clock.next ?? 0);
      await service.until(() => service.frames.filter(({ cmd }) => cmd === 'aibot_subscribe').length === tries + 1);
      // Nothing is answered: it is given up.
      clock.pass(15_000);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000]);
    service.faults.ignored.clear();
    await robot.until(() => robot.connection.state.kind === 'out');
    clock.pass(60_000);
    await robot.in();
    expect(service.subscriptions).toBe(2);
  });

  test('a connection that says nothing any more is given up after two pings', async () => {
    const { service, clock } = await connected();
    service.faults.ignored.add('ping');
    for (const pings of [1, 2]) {
      await clock.nextIs(30_000);
      clock.pass(30_000);
      await service.until(() => service.frames.filter(({ cmd }) => cmd === 'ping').length === pings);
      clock.pass(15_000);
    }
    await robot.until(() => robot.connection.state.kind === 'out');
    service.faults.ignored.clear();
    clock.pass(1_000);
    await robot.in();
  });

  test('a wrong secret is told once, by its number, tried a few times more and then left', async () => {
    robot = await openRobot({ secret: 'wrong' });
    const { service, clock } = robot;
    robot.connection.start();
    for (let tries = 1; tries <= 5; tries++) {
      await service.until(() => service.frames.length === tries);
      await clock.nextIs(tries === 5 ? undefined : 60_000 * 2 ** (tries - 1));
      clock.pass(3_600_000);
    }
    expect(robot.states).toEqual([{ kind: 'connecting' }, { kind: 'refused', code: 853000 }]);
    expect(clock.next).toBeUndefined();
    await expect(robot.connection.ask('aibot_send_msg', {})).rejects.toMatchObject({ certain: true });
  });

  test('what comes malformed, too long or unasked for is dropped, without its words in the log', async () => {
    const { service } = await connected();
    for (const frame of [
      '{',
      '[]',
      'null',
      { cmd: 'aibot_msg_callback' },
      { headers: { req_id: 'x' }, errcode: 'no' },
      { words: '密'.repeat(200_000) },
    ])
      service.raw(frame);
    service.raw({ headers: { req_id: 'nobody asked' }, errcode: 0 });
    service.raw({ cmd: 'aibot_msg_callback', headers: { req_id: 'c' }, body: { msgid: 'm', from: {}, chattype: 'single', msgtype: '密' } });
    service.say('wang', '在吗');
    await robot.until(() => robot.heard.length === 1);
    expect(robot.heard[0]).toMatchObject({ text: '在吗' });
    expect(robot.warnings).toHaveLength(7);
    expect(robot.warnings.join()).not.toContain('密');
  });

  test('displaced by another process with the same robot it stays away, and says so', async () => {
    const { service, clock } = await connected();
    const later = new WebSocket(service.url);
    await new Promise((resolve) => later.once('open', resolve));
    later.send(JSON.stringify({ cmd: 'aibot_subscribe', headers: { req_id: 'x' }, body: { bot_id: 'bot', secret: 'secret' } }));
    await robot.until(() => robot.connection.state.kind === 'displaced');
    clock.pass(3_600_000);
    expect(service.subscriptions).toBe(2);
    expect(service.isIn).toBe(true);
    expect(clock.next).toBeUndefined();
    later.terminate();
  });
});
