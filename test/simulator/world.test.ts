import { describe, expect, test } from '@jest/globals';
import { loadCast } from '../../src/adapters/simulator/cast.ts';
import type { WorldEvent } from '../../src/adapters/simulator/message.ts';
import { KEPT, WorldError } from '../../src/adapters/simulator/world.ts';
import { clockTarget } from '../../src/adapters/web/clock-target.ts';
import { cast, START, stage } from './stage.ts';

describe('the cast', () => {
  test('of the shipped file has everybody the trial needs', () => {
    expect(cast.bot.name).toBe('小桥');
    expect(cast.people.filter((person) => !person.friend).map((person) => person.name)).toEqual(['陈姐']);
    expect(cast.rooms.map((room) => room.kind)).toEqual(['residents', 'staff']);
    expect(cast.conversations).toHaveLength(8);
  });

  test('says everything that is wrong with it at once', () => {
    const bot = { id: 'bot', name: 'B', role: 'bot', avatar: 'B' };
    const broken = { people: [bot, { ...bot, role: 'resident' }], rooms: [{ id: 'room', topic: 'R', kind: 'staff', members: ['ghost'] }] };
    expect(() => loadCast(broken)).toThrow(/bot is used twice[\s\S]*nobody is called ghost[\s\S]*the bot is not in it/);
    expect(() => loadCast(undefined)).toThrow(/not usable/);
  });

  test('lists conversations nobody put in order last, so that nothing is out of sight', () => {
    const people = ['bot', 'a', 'b'].map((id) => ({ id, name: id, role: id === 'bot' ? 'bot' : 'resident', avatar: id }));
    expect(loadCast({ people, conversations: ['b'] }).conversations).toEqual(['b', 'a']);
  });
});

describe('the world', () => {
  test('tells what was said, once, with its time', () => {
    const world = stage();
    const heard: WorldEvent[] = [];
    const stop = world.subscribe((event) => heard.push(event));
    const message = world.say('zhang', 'zhang', { text: '你好\n小桥' });
    stop();
    world.say('zhang', 'zhang', { text: '再见' });

    expect(message).toEqual({ id: 'm1', conversation: 'zhang', from: 'zhang', at: START, text: '你好\n小桥', mentions: [] });
    expect(heard).toEqual([{ type: 'message', message }]);
    expect(world.messages('zhang').map(({ text }) => text)).toEqual(['你好\n小桥', '再见']);
  });

  test.each([
    ['@小桥 在吗', ['xiaoqiao']],
    ['@小桥\u2005在吗', ['xiaoqiao']],
    ['问问 @小桥', ['xiaoqiao']],
    ['@小桥\n1. 电梯', ['xiaoqiao']],
    ['@小桥你好', []],
    ['小桥 在吗', []],
    ['@小桥梁 @小桥 在吗', ['xiaoqiao']],
    ['@3栋张奶奶 您好', ['zhang']],
    ['@张奶奶 @小桥 ', ['zhang', 'xiaoqiao']],
    ['@所有人 开会', []],
  ])('%j mentions %j', (text, mentions) => {
    expect(stage().say('liu', 'residents', { text }).mentions).toEqual(mentions);
  });

  test('does not deliver what is said privately by somebody who is no friend', () => {
    const world = stage();
    expect(world.say('chen', 'chen', { text: '在吗' }).refused).toBe(true);
    expect(world.say('chen', 'residents', { text: '在吗' }).refused).toBeUndefined();
    expect(() => world.botSays('chen', { text: '在' })).toThrow(WorldError);
    expect(world.messages('chen')).toHaveLength(1);
  });

  test.each([
    ['nobody', 'residents', 'hi', 'unknown-person'],
    ['xiaoqiao', 'residents', 'hi', 'unknown-person'],
    ['zhang', 'staff', 'hi', 'not-a-member'],
    ['zhang', 'liu', 'hi', 'not-a-member'],
    ['zhang', 'nowhere', 'hi', 'not-a-member'],
    ['zhang', 'zhang', ' \n', 'empty'],
  ])('%s in %s saying %j is %s', (person, conversation, text, code) => {
    expect(() => stage().say(person, conversation, { text })).toThrow(expect.objectContaining({ code }));
  });

  test('keeps the last messages of each conversation', () => {
    const world = stage();
    for (let count = 0; count < KEPT + 3; count++) world.say('zhang', 'zhang', { text: String(count) });
    expect(world.messages('zhang')).toHaveLength(KEPT);
    expect(world.messages('zhang')[0]?.text).toBe('3');
  });

  test('lets one take back one’s own words for two minutes, and keeps nothing of them', () => {
    const world = stage();
    const said = world.say('zhang', 'residents', { text: '我的电话是 13800000000' });
    expect(world.recall('liu', said.id)).toBe(false);
    expect(world.recall('zhang', said.id)).toBe(true);
    expect(world.recall('zhang', said.id)).toBe(false);
    expect(JSON.stringify(world.messages('residents'))).not.toContain('138');

    const late = world.say('zhang', 'residents', { text: '晚了' });
    world.moveClock(new Date(START.getTime() + 121_000));
    expect(world.recall('zhang', late.id)).toBe(false);
  });

  test('has a clock that goes forward and never back', () => {
    const world = stage();
    world.moveClock(new Date('2026-11-27T01:00:00Z'));
    expect(world.now().toISOString()).toBe('2026-11-27T01:00:00.000Z');
    expect(world.say('zhang', 'zhang', { text: '早' }).at).toEqual(world.now());
    expect(() => world.moveClock(START)).toThrow(expect.objectContaining({ code: 'backwards' }));
    expect(() => world.moveClock(new Date(Number.NaN))).toThrow(WorldError);
  });
});

describe('where the clock goes', () => {
  test.each([
    [{ by: '1h' }, '2026-11-23T13:41:00.000Z'],
    [{ by: '1d' }, '2026-11-24T12:41:00.000Z'],
    [{ to: 'friday-9:00' }, '2026-11-27T01:00:00.000Z'],
    [{ to: 'monday-20:41' }, '2026-11-30T12:41:00.000Z'],
    [{ to: 'monday-20:42' }, '2026-11-23T12:42:00.000Z'],
    [{ to: 'tomorrow-8:30' }, '2026-11-24T00:30:00.000Z'],
    [{ to: '2026-12-01T09:00:00+08:00' }, '2026-12-01T01:00:00.000Z'],
    [{ to: 'someday-9:00' }, undefined],
    [{ to: 'friday-25:00' }, undefined],
    [{ to: '2026-13-01T09:00:00Z' }, undefined],
    [{ by: '-1h' }, undefined],
    [{}, undefined],
  ])('%j', (target, expected) => {
    expect(clockTarget(target, START)?.toISOString()).toBe(expected);
  });

  test('the next morning is that of China, also when it is still yesterday in UTC', () => {
    expect(clockTarget({ to: 'tomorrow-8:30' }, new Date('2026-11-23T17:00:00Z'))?.toISOString()).toBe('2026-11-25T00:30:00.000Z');
  });
});
