import { describe, expect, test } from '@jest/globals';
import { passingVault } from '../../src/adapters/system/vault.ts';
import { eachTable } from '../../src/desk/kernel/table.ts';
import { tables } from '../../src/desk/parts.ts';
import { joinPersons } from '../../src/desk/people/joining.ts';
import { type Details, sealedDetails } from '../../src/desk/reminders/rows.ts';
import { wishOf } from '../../src/desk/reminders/wish.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy, type TestDesk } from '../support/desk.ts';

const reminded = '您让我在';

/** What somebody is reminded of when the clock is moved. */
async function remindedAt(desk: TestDesk, moment: string, who = '张奶奶'): Promise<string> {
  return readBy(
    who,
    (await desk.to(moment)).filter(({ text = '' }) => text.startsWith(reminded)),
  );
}

async function personOf(desk: TestDesk, name: string): Promise<string> {
  const [person] = await desk.store.transaction((tx) => tx.find('people', { name }));
  return person?.id ?? '';
}

const rowsOf = (desk: TestDesk) => desk.store.transaction((tx) => tx.find('reminders'));

/** A reminder as if it had been asked for. */
async function put(desk: TestDesk, name: string, at: string, details: Details, vault = desk.app.vault): Promise<void> {
  const person = await personOf(desk, name);
  await desk.store.transaction((tx) =>
    tx.put('reminders', {
      id: `${name} ${at}`,
      person,
      sealed: sealedDetails(vault, details),
      at: new Date(at).toISOString(),
      createdAt: '2026-01-01T00:00:00.000Z',
    }),
  );
}

describe('a reminder', () => {
  test('is said once at nine in the morning, and not again after a restart or when the clock goes back', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '11月25号提醒我交材料');
    expect(await remindedAt(desk, '2026-11-25T08:59:00+08:00')).toBe('');
    expect(await remindedAt(desk, '2026-11-25T09:00:00+08:00')).toContain('交材料');
    expect(await remindedAt(desk, '2026-11-25T09:01:00+08:00')).toBe('');
    const again = await openTestDesk({ store: desk.store, at: '2026-11-25T08:30:00+08:00' });
    expect(await remindedAt(again, '2026-11-25T09:00:00+08:00')).toBe('');
  });

  test('that the bot was off for is said late, once, and says so', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '11月25号提醒我交材料');
    expect(await remindedAt(desk, '2026-11-28T15:00:00+08:00')).toMatch(/11月25日 提醒的：交材料[\s\S]*说晚了/u);
    expect(await remindedAt(desk, '2026-11-30T09:00:00+08:00')).toBe('');
  });

  test('that is late wakes nobody at night', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '11月25号提醒我交材料');
    expect(await remindedAt(desk, '2026-11-25T23:30:00+08:00')).toBe('');
    expect(await remindedAt(desk, '2026-11-26T08:00:00+08:00')).toContain('说晚了');
  });

  test('of each year is planned anew when it was said, however long the bot was off', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '居住证2024年3月5号签发的，到期提醒我');
    expect(await remindedAt(desk, '2029-06-01T10:00:00+08:00')).toMatch(/2030年2月5日 再提醒您/u);
    expect(await remindedAt(desk, '2030-02-05T09:00:00+08:00')).toContain('居住证 3月5日 又满一年');
  });

  test('waits for the next open morning when its day has become a holiday', async () => {
    const desk = await openTestDesk({ at: '2026-09-01T10:00:00+08:00' });
    await desk.say('张奶奶', '你好');
    await put(desk, '张奶奶', '2026-10-01T09:00:00+08:00', { kind: 'id-card', from: '2027-01-01', to: '2027-01-01', day: '2027-01-01' });
    expect(await remindedAt(desk, '2026-10-01T09:00:00+08:00')).toBe('');
    expect(await remindedAt(desk, '2026-10-08T09:00:00+08:00')).toContain('身份证');
  });

  test('waits for the next word of somebody who cannot be written to', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '11月25号提醒我交材料');
    await desk.say('张奶奶', '@小桥 你好', { room: '居民群', friend: false });
    expect(await remindedAt(desk, '2026-11-25T09:00:00+08:00')).toBe('');
    expect(readBy('张奶奶', await desk.say('张奶奶', '你好'))).toContain('交材料');
  });

  test('whose key is gone says that much, once, and keeps no other waiting', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '11月25号提醒我交材料');
    await put(
      desk,
      '张奶奶',
      '2026-11-25T09:00:00+08:00',
      { what: '别的', from: '2026-11-25', to: '2026-11-25', day: '2026-11-25' },
      passingVault(),
    );
    const heard = readBy('张奶奶', await desk.to('2026-11-25T09:00:00+08:00'));
    expect(heard).toContain('打不开了');
    expect(heard).toContain('交材料');
    expect(await rowsOf(desk)).toEqual([]);
  });

  test('of a kind that is no longer in the content is said all the same', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '你好');
    await put(desk, '张奶奶', '2026-11-25T09:00:00+08:00', {
      kind: 'gone',
      what: '交表',
      from: '2026-11-25',
      to: '2026-11-25',
      day: '2026-11-25',
    });
    expect(await remindedAt(desk, '2026-11-25T09:00:00+08:00')).toContain('交表');
  });
});

describe('what was told for a reminder', () => {
  test('stands nowhere in the store in the clear, neither while it waits nor when it was said', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '我妈满80岁提醒我');
    await desk.say('张奶奶', '1946年12月3日');
    await desk.say('张奶奶', '11月25号提醒我去看牙齿');
    await desk.say('张奶奶', '我的提醒');
    const kept = async () => {
      const rows = await desk.store.transaction((tx) => Promise.all(eachTable(tables).map(([name]) => tx.find(name))));
      return JSON.stringify(rows);
    };
    expect(await kept()).not.toMatch(/看牙齿|满80岁|满 80 岁|12月3日|1946/u);
    await desk.to('2026-12-03T09:00:00+08:00');
    expect(await kept()).not.toMatch(/看牙齿|满80岁|满 80 岁|12月3日|1946/u);
  });

  test('goes with 删除我的信息, and is not said any more', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '11月25号提醒我交材料');
    expect(readBy('张奶奶', await desk.say('张奶奶', '我的信息'))).toContain('让我提醒的：1 件');
    await desk.say('张奶奶', '删除我的信息');
    await desk.say('张奶奶', '1');
    expect(await rowsOf(desk)).toEqual([]);
    expect(await remindedAt(desk, '2026-11-25T09:00:00+08:00')).toBe('');
  });

  test('of somebody under two ids is said to them under the one that stays', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '你好');
    await desk.say('张奶奶2', '11月25号提醒我交材料');
    const [older, newer] = [await personOf(desk, '张奶奶'), await personOf(desk, '张奶奶2')];
    await desk.store.transaction((tx) => joinPersons(tx, desk.app.clock.now(), newer, older));
    expect(await remindedAt(desk, '2026-11-25T09:00:00+08:00')).toContain('交材料');
  });
});

describe('taking down', () => {
  test('more than ten are refused, and one that is known is not kept twice', async () => {
    const desk = await openTestDesk();
    for (let day = 1; day <= 9; day++) await desk.say('张奶奶', `12月${day}号提醒我第${day}次吃药`);
    await desk.say('张奶奶', '12月10号提醒我交材料');
    expect(readBy('张奶奶', await desk.say('张奶奶', '12月10号提醒我交材料'))).toContain('已经记着了');
    expect(readBy('张奶奶', await desk.say('张奶奶', '12月11号提醒我拿药'))).toContain('已经有 10 个');
    expect(await rowsOf(desk)).toHaveLength(10);
  });

  test.each([
    ['2月30日提醒我交材料', '日历上没有这一天'],
    ['2025年3月5号提醒我交材料', '已经过了'],
    ['今天提醒我交材料', '换一天'],
    ['腊月十八提醒我交材料', '农历'],
    ['12月5号、12月9号提醒我交材料', '一回记一个'],
    ['没人提醒我交医保', '不敢乱答'],
  ])('%s keeps nothing and says why', async (text, answer) => {
    const desk = await openTestDesk();
    expect(readBy('张奶奶', await desk.say('张奶奶', text))).toContain(answer);
    expect(await rowsOf(desk)).toEqual([]);
  });

  test('a question that is not answered waits; a day is heard after a mistake, and after something to look up', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '身份证到期提醒我');
    for (const text of ['等一下嘛', '2月30号', '不晓得哪天到期']) await desk.say('张奶奶', text);
    expect(readBy('张奶奶', await desk.say('张奶奶', '35年3月2号'))).toContain('换身份证（2035年3月2日）');
  });

  test('长期 and 算了 end it', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '身份证到期提醒我');
    expect(readBy('张奶奶', await desk.say('张奶奶', '写的是长期'))).toContain('不用换');
    await desk.say('张奶奶', '身份证到期提醒我');
    await desk.say('张奶奶', '算了');
    await desk.say('张奶奶', '2035年3月2号');
    expect(await rowsOf(desk)).toEqual([]);
  });

  test('a birth without its year is asked for whole; one that was long ago needs no reminder', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '我妈满80岁提醒我');
    expect(readBy('张奶奶', await desk.say('张奶奶', '3月5号'))).toContain('年、月、日');
    expect(readBy('张奶奶', await desk.say('张奶奶', '1940年3月5号'))).toContain('2020年3月5日就到了');
    expect(await rowsOf(desk)).toEqual([]);
  });

  test('in a group nothing of it is said there, and nothing is kept of who cannot be written to', async () => {
    const desk = await openTestDesk();
    const heard = await desk.say('张奶奶', '@小桥 12月5号提醒我交材料', { room: '居民群' });
    expect(heard.filter(({ room }) => room !== undefined).map(({ text }) => text)).toEqual([expect.stringContaining('私聊')]);
    await desk.say('小李', '@小桥 12月5号提醒我交材料', { room: '居民群', friend: false });
    expect(await rowsOf(desk)).toHaveLength(1);
  });
});

describe('a reminder that is put on another day', () => {
  test('stays the same one: of what comes each year this time is moved, and it comes again as before', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '居住证2024年3月5号签发的，到期提醒我');
    expect(readBy('张奶奶', await desk.say('张奶奶', '提醒改到2027年2月22号'))).toMatch(
      /改好了：居住证签注（2027年3月5日）\n2027年2月22日 9:00，我在这里提醒您。\n以后每年/u,
    );
    expect(await rowsOf(desk)).toHaveLength(1);
    expect(await remindedAt(desk, '2027-02-05T09:00:00+08:00')).toBe('');
    const said = await remindedAt(desk, '2027-02-22T09:00:00+08:00');
    expect(said).toMatch(/居住证 3月5日 又满一年/u);
    expect(said).toMatch(/2028年2月7日 再提醒您/u);
  });

  test('is known by its number or by words of it; of several the one is asked for, and nothing is moved', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '12月5号提醒我交材料');
    await desk.say('张奶奶', '12月8号提醒我拿药');
    expect(readBy('张奶奶', await desk.say('张奶奶', '提醒改到后天'))).toMatch(/改哪一个[\s\S]*1 12月4日[\s\S]*2 12月8日/u);
    expect(readBy('张奶奶', await desk.say('张奶奶', '提醒 2 改到12月10号'))).toMatch(/改好了：拿药\n12月10日 9:00/u);
    expect(readBy('张奶奶', await desk.say('张奶奶', '把交材料的提醒推到12月9号'))).toMatch(/改好了：交材料\n12月9日 9:00/u);
    expect(readBy('张奶奶', await desk.say('张奶奶', '提醒 7 改到12月11号'))).toContain('没有第 7 个');
    expect(await rowsOf(desk)).toHaveLength(2);
    expect(await remindedAt(desk, '2026-12-08T09:00:00+08:00')).toBe('');
    expect(await remindedAt(desk, '2026-12-09T09:00:00+08:00')).toContain('交材料');
    expect(await remindedAt(desk, '2026-12-10T09:00:00+08:00')).toContain('拿药');
  });

  test('takes the right day of its card where the first one was wrong', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '身份证2027年6月1号到期，提醒我');
    const changed = readBy('张奶奶', await desk.say('张奶奶', '身份证的提醒设错了，是2028年6月1号到期'));
    expect(changed).toMatch(/改好了：换身份证（2028年6月1日）\n2028年3月1日 9:00/u);
    expect(await rowsOf(desk)).toHaveLength(1);
  });

  test('is not moved to a day that has passed, or that there is not', async () => {
    const desk = await openTestDesk();
    await desk.say('张奶奶', '12月5号提醒我交材料');
    expect(readBy('张奶奶', await desk.say('张奶奶', '提醒改到2月30号'))).toContain('日历上没有这一天');
    expect(readBy('张奶奶', await desk.say('张奶奶', '提醒改到2025年3月5号'))).toContain('已经过了');
    expect(await remindedAt(desk, '2026-12-04T09:00:00+08:00')).toContain('交材料');
  });
});

describe('what people say about reminders', () => {
  const now = new Date('2026-11-23T02:00:00Z');
  test.each([
    [
      'set',
      [
        '到时候提醒我',
        '居住证到期提醒我',
        '请提醒我一下',
        '3月5号提醒我交材料',
        '帮我记着 明年三月签注',
        '给我设个提醒',
        '身份证快到期了提醒我换',
      ],
    ],
    ['list', ['我的提醒', '看看我设了哪些提醒', '提醒列表', '昨天的提醒没收到', '我设过哪些提醒 列出来']],
    ['cancel', ['取消提醒 2', '不要提醒了', '把那个交医保的提醒去掉', '全部提醒都取消', '已经交了 别再提醒', '第二个提醒不要了']],
    ['change', ['提醒改到后天', '提醒推迟到下个月', '刚才那个提醒设错了']],
    ['how', ['怎么设提醒', '提醒怎么取消', '你们能发短信提醒我吗']],
    [
      undefined,
      [
        '谢谢提醒，我明天就去',
        '没人提醒我',
        '你提醒过我了',
        '关闭提醒',
        '交警今天好言提醒我换车',
        '居住证怎么办',
        '莫喊我减肥',
        '短信提醒我居住证要到期了',
        '每个月短信提醒换个手机号收',
        '社保局通知我医保断了',
      ],
    ],
  ] as const)('%s', (wish, said) => {
    const content = shippedContent().current();
    for (const text of said) expect({ text, wish: wishOf({ content, now }, text) }).toEqual({ text, wish });
  });
});
