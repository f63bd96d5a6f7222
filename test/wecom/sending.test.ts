import { afterEach, describe, expect, test } from '@jest/globals';
import { openRobot, type Robot } from './robot.ts';

let robot: Robot;
afterEach(() => robot.close());

async function connected(): Promise<Robot> {
  robot = await openRobot();
  robot.connection.start();
  await robot.in();
  return robot;
}

/** Somebody says something that is answered by these words, or by none. */
async function saysAndHears(user: string, text: string, more: Record<string, unknown> = {}): Promise<void> {
  const before = robot.heard.length;
  robot.service.say(user, text, more);
  await robot.until(() => robot.heard.length > before);
}

const to = { person: 'wang' };

describe('what is said through the robot', () => {
  test('the first answer stands below the message, the second and every notice is pushed', async () => {
    const { service, send } = await connected();
    robot.answer = () => [{ to, text: 'x', kind: 'reply' }];
    await saysAndHears('wang', '在吗');
    await send({ to, text: '在', kind: 'reply' });
    await send({ to, text: '还有', kind: 'reply' });
    await send({ to, text: '到期了', kind: 'notice' });
    expect(service.arrived).toEqual([
      { chat: 'wang', text: '在', how: 'answer' },
      { chat: 'wang', text: '还有', how: 'push' },
      { chat: 'wang', text: '到期了', how: 'push' },
    ]);
  });

  test('a message to which nothing is said is not answered in the place of the next', async () => {
    const { service, send } = await connected();
    await saysAndHears('wang', '嗯');
    robot.answer = () => [{ to, text: 'x', kind: 'reply' }];
    await saysAndHears('wang', '在吗');
    await send({ to, text: '在', kind: 'reply' });
    const ids = service.frames.filter(({ cmd }) => cmd === 'aibot_respond_msg').map(({ headers }) => headers.req_id);
    expect(ids).toHaveLength(1);
    expect(service.arrived).toEqual([{ chat: 'wang', text: '在', how: 'answer' }]);
  });

  test('an answer that came too late is pushed', async () => {
    const { service, clock, send } = await connected();
    robot.answer = () => [{ to, text: 'x', kind: 'reply' }];
    await saysAndHears('wang', '在吗');
    await clock.nextIs(30_000);
    clock.pass(29_000);
    service.faults.refused.set('aibot_respond_msg', 846605);
    await send({ to, text: '在', kind: 'reply' });
    expect(service.arrived).toEqual([{ chat: 'wang', text: '在', how: 'push' }]);
  });

  test('in a group the one it is for is named, unless it stands below their words', async () => {
    const { service, send } = await connected();
    robot.answer = () => [{ to: { room: 'g' }, text: 'x', kind: 'reply' }];
    await saysAndHears('wang', '@小桥 在吗', { group: 'g' });
    await send({ to: { room: 'g', person: 'wang' }, text: '在', kind: 'reply' });
    await send({ to: { room: 'g', person: 'wang' }, text: '到期了', kind: 'notice' });
    expect(service.read('g')).toEqual(['在', '<@wang> 到期了']);
  });

  test('a long text goes in parts, in their order', async () => {
    const { service, send } = await connected();
    await saysAndHears('wang', '在吗');
    const lines = Array.from({ length: 300 }, (_, row) => `第 ${row} 行：楼道里的灯不亮了`);
    await send({ to, text: lines.join('\n'), kind: 'notice' });
    const read = service.read('wang');
    expect(read.length).toBeGreaterThan(1);
    expect(read.flatMap((part) => part.split('\n').map((line) => line.trim()))).toEqual(lines);
  });

  test('a picture and a large file go in parts and arrive whole, after the words', async () => {
    const { service, send } = await connected();
    await saysAndHears('wang', '在吗');
    await send({ to, text: '转办函', file: 'papers/函.docx', kind: 'notice' });
    await send({ to, text: '', file: 'map.png', kind: 'notice' });
    expect(service.arrived.map(({ text, file }) => text ?? `${file?.type} ${file?.name} ${file?.bytes}`)).toEqual([
      '转办函',
      'file 函.docx bytes of papers/函.docx',
      'image map.png bytes of map.png',
    ]);
  });

  test('more than a chat bears in a minute waits, and is not refused', async () => {
    const { service, clock, send } = await connected();
    await saysAndHears('wang', '在吗');
    const sent = Promise.all(Array.from({ length: 35 }, (_, row) => send({ to, text: `${row}`, kind: 'notice' })));
    await service.until(() => service.arrived.length === 30);
    await clock.nextIs(30_000);
    clock.pass(60_000);
    await sent;
    expect(service.arrived).toHaveLength(35);
  });
});

describe('what cannot be sent', () => {
  test('when the bot is stopped, what waits is surely not sent', async () => {
    const { service, send, stop } = await connected();
    await saysAndHears('wang', '在吗');
    const sent = Array.from({ length: 32 }, (_, row) => send({ to, text: `${row}`, kind: 'notice' }).catch((error) => error));
    await service.until(() => service.arrived.length === 30);
    stop();
    const results = await Promise.all(sent);
    expect(results.slice(30)).toMatchObject([{ certain: true }, { certain: true }]);
    await expect(send({ to, text: 'x', kind: 'notice' })).rejects.toMatchObject({ certain: true });
    expect(service.arrived).toHaveLength(30);
  });

  test('surely not arrived: nobody of 企业微信, not connected, refused', async () => {
    const { service, send } = await connected();
    await expect(send({ to: { person: 'nobody' }, text: 'x', kind: 'notice' })).rejects.toMatchObject({ certain: true });
    // They never spoke to the robot.
    await expect(send({ to, text: 'x', kind: 'notice' })).rejects.toMatchObject({ certain: true });
    service.drop();
    await robot.until(() => robot.connection.state.kind === 'out');
    await expect(send({ to, text: 'x', kind: 'notice' })).rejects.toMatchObject({ certain: true });
    expect(service.arrived).toEqual([]);
  });

  test('perhaps arrived: the answer was lost with the connection, or never came', async () => {
    const { service, clock, send } = await connected();
    await saysAndHears('wang', '在吗');
    service.faults.lost.add('aibot_send_msg');
    await expect(send({ to, text: 'x', kind: 'notice' })).rejects.toMatchObject({ certain: false });
    expect(service.read('wang')).toEqual(['x']);
    clock.pass(1_000);
    await robot.in();
    await robot.until(() => robot.connection.state.kind === 'in');
    service.faults.ignored.add('aibot_send_msg');
    const sent = send({ to, text: 'y', kind: 'notice' });
    await service.until(() => service.frames.filter(({ cmd }) => cmd === 'aibot_send_msg').length === 2);
    clock.pass(15_000);
    await expect(sent).rejects.toMatchObject({ certain: false });
  });

  test('an upload that fails has shown nothing to anybody; words before it have arrived', async () => {
    const { service, send } = await connected();
    await saysAndHears('wang', '在吗');
    service.faults.refused.set('aibot_upload_media_chunk', 40058);
    await expect(send({ to, text: '', file: 'map.png', kind: 'notice' })).rejects.toMatchObject({ certain: true });
    await expect(send({ to, text: '地图', file: 'map.png', kind: 'notice' })).rejects.toMatchObject({ certain: false });
  });
});
