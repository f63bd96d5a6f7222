import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openRobot, type Robot } from './robot.ts';

/** One pixel. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let robot: Robot;
afterEach(() => robot.close());

/** What the desk hears of what this lets people say. */
async function heardOf(count: number, work: (robot: Robot) => void): Promise<Robot['heard']> {
  robot = await openRobot();
  robot.connection.start();
  await robot.in();
  work(robot);
  await robot.until(() => robot.heard.length >= count);
  return robot.heard;
}

describe('what is said to the robot', () => {
  test('in private as it is; in a group without the name of the robot', async () => {
    const heard = await heardOf(4, ({ service }) => {
      service.say('wang', '/待办');
      service.say('wang', '@小桥 /绑定 工作', { group: 'g1' });
      service.say('wang', '/派 3 @小李 @小桥', { group: 'g2' });
      service.say('wang', '@连心桥机器人 /待办', { group: 'g3' });
    });
    expect(heard).toMatchObject([
      { id: 'm1', person: 'wang', text: '/待办', kind: 'text', addressed: true },
      { person: 'wang', room: 'g1', text: '/绑定 工作', addressed: true },
      { room: 'g2', text: '/派 3 @小李' },
      { room: 'g3', text: '/待办' },
    ]);
    expect(heard[0]?.room).toBeUndefined();
  });

  test('what was spoken comes written down; what is quoted is not what is said', async () => {
    const heard = await heardOf(2, ({ service }) => {
      service.say('wang', '', { msgtype: 'voice', text: undefined, voice: { content: '三号楼去过了' } });
      service.say('wang', '收到', { quote: { msgtype: 'text', text: { content: '有人求救' } } });
    });
    expect(heard).toMatchObject([
      { kind: 'text', text: '三号楼去过了' },
      { kind: 'text', text: '收到' },
    ]);
  });

  test('a picture is opened with its own key and kept; several in one message come one by one behind the words', async () => {
    const heard = await heardOf(4, ({ service }) => {
      service.send('wang', png);
      const item = () => ({ msgtype: 'image', image: service.enclose(png) });
      service.say('wang', '', {
        msgtype: 'mixed',
        text: undefined,
        mixed: { msg_item: [{ msgtype: 'text', text: { content: '换好了' } }, item(), item()] },
      });
    });
    expect(heard).toMatchObject([
      { id: 'm2-1', kind: 'image', text: '', file: 'm2-1.png' },
      { id: 'm6', kind: 'text', text: '换好了' },
      { id: 'm6-1', kind: 'image', file: 'm6-1.png' },
      { id: 'm6-2', kind: 'image' },
    ]);
    expect(readFileSync(join(robot.folder, 'm2-1.png')).subarray(0, 4)).toEqual(png.subarray(0, 4));
  });

  test('a file that is gone, closed with another key, no kind of ours, or not wanted does not keep the message from being heard', async () => {
    const heard = await heardOf(4, ({ service }) => {
      const say = (image: object) => service.say('wang', '', { msgtype: 'image', text: undefined, image });
      const { url, aeskey } = service.enclose(png);
      say({ url: `${url}9`, aeskey });
      say({ url, aeskey: service.enclose(png).aeskey });
      service.send('wang', Buffer.from('a program'), 'file');
      say({ url: url.replace('127.0.0.1', 'example.invalid'), aeskey });
    });
    expect(heard.map(({ kind, file, unkept }) => [kind, file, unkept])).toEqual([
      ['image', undefined, undefined],
      ['image', undefined, undefined],
      ['file', undefined, 'kind'],
      ['image', undefined, undefined],
    ]);
  });

  test('what is said in one chat is heard in its order, however long a picture takes', async () => {
    let letGo = () => {};
    const held = new Promise<'yes'>((resolve) => {
      letGo = () => resolve('yes');
    });
    const heard = await heardOf(1, (each) => {
      each.receives = () => held;
      each.service.send('wang', png);
      each.service.say('wang', '这个');
      each.service.say('li', '在吗');
    });
    expect(heard.map(({ person }) => person)).toEqual(['li']);
    letGo();
    await robot.until(() => robot.heard.length === 3);
    expect(heard.map(({ kind }) => kind)).toEqual(['text', 'image', 'text']);
  });

  test('stickers and whatever else there is are heard as something without words', async () => {
    const heard = await heardOf(2, ({ service }) => {
      service.say('wang', '', { msgtype: 'location', text: undefined, location: { name: '三号楼' } });
      service.say('wang', '   ');
    });
    expect(heard).toMatchObject([
      { kind: 'other', text: '' },
      { kind: 'text', text: '' },
    ]);
  });
});
