import { beforeEach, describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { type Ended, openStage, type Said } from '../../src/cli/converse.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { shippedContent } from '../support/content.ts';

let heard: (Said | Ended)[];
let store: Store;
let stage: Awaited<ReturnType<typeof openStage>>;

beforeEach(async () => {
  heard = [];
  store = openMemoryStore();
  stage = await openStage({
    store,
    content: shippedContent(),
    print: (line) => heard.push(line),
    staff: [
      { name: '李主任', role: 'director' },
      { name: '小周', role: 'worker' },
      { name: '小吴', role: 'worker' },
    ],
    staffRooms: ['工作群'],
    rooms: ['居民群'],
  });
  await stage.take({ at: '2026-11-23T10:00:00+08:00' });
});

const lines = () => heard.flatMap((line) => ('kind' in line ? [`${line.room ?? line.to}：${line.text ?? ''}`] : []));
async function say(from: string, text: string, more: object = {}): Promise<string[]> {
  heard.length = 0;
  await stage.take({ from, text, ...more });
  return lines();
}
async function at(time: string): Promise<string[]> {
  heard.length = 0;
  await stage.take({ at: `2026-11-${time}:00+08:00` });
  return lines();
}
const to = (said: readonly string[], who: string) => said.filter((line) => line.startsWith(`${who}：`)).join('\n');
const alarms = () => store.transaction((tx) => tx.find('alarms', {}, { by: 'createdAt' }));

describe('the words of suicide, violence and children', () => {
  const words = '我不想活了，药就在手边，7栋1单元501';

  test('are read by who is on duty, directors and whoever takes it, and by nobody else of the staff, wherever they look', async () => {
    await say('李主任', '/值班 @小周');
    const called = await say('秦姐', words);
    for (const reader of ['小周', '李主任']) expect(to(called, reader)).toContain('药就在手边');
    expect(to(called, '工作群')).toContain('有人想不开');
    expect(to(called, '工作群')).not.toMatch(/药|秦姐/);
    expect(to(called, '小吴')).toBe('');
    const seen: string[] = [];
    for (const line of [
      '/警情',
      '/警情 1',
      '/查 JQ261123-001',
      '/查 秦姐',
      '/查 药',
      '/待办',
      '/状态',
      '/显示 JQ261123-001',
      '/备注 JQ261123-001 看看',
    ])
      seen.push(...(await say('小吴', line)));
    for (const line of ['/统计 周', '/导出 周', '/公示', '/周报']) seen.push(...(await say('李主任', line)));
    seen.push(...(await at('23T10:05')).filter((line) => !/^(小周|李主任)：/.test(line)));
    const told = seen.filter((line) => !line.includes('没有找到和'));
    expect(told.join('\n')).not.toMatch(/药就在手边|秦姐/);
    expect(to(await say('小吴', '/收到 1'), '小吴')).toContain('JQ261123-001');
    expect(to(await say('小吴', '/警情 1'), '小吴')).toContain('药就在手边');
  });

  test('reach nobody by the group when whoever takes it says so there', async () => {
    await say('秦姐', words);
    const taken = await say('小吴', '/收到', { room: '工作群' });
    expect(to(taken, '工作群')).not.toMatch(/药|秦姐/);
    expect(to(taken, '小吴')).toContain('药就在手边');
    const closed = await say('小吴', '/平安 送到医院了，药没吃', { room: '工作群' });
    expect(to(closed, '工作群')).not.toMatch(/药|医院/);
    expect(to(closed, '李主任')).toContain('药没吃');
    expect(to(closed, '秦姐')).toBe('');
  });

  test('of a husband who hits are told to nobody who says that he is the neighbour, and end nothing', async () => {
    await say('吴嫂', '我老公又打我，拿刀要砍人');
    const other = await say('老吴', '没事了，误会，我们两口子好好的');
    expect(other.join()).not.toMatch(/警情|转给社区|JQ/);
    const neighbour = await say('老吴', '我是她邻居，没事了，他们是误会');
    expect(to(neighbour, '老吴')).not.toMatch(/吴嫂|JQ|打/);
    expect(to(neighbour, '李主任')).toContain('不是报的人');
    expect((await alarms()).map(({ state }) => state)).toEqual(['called']);
    expect(to(await at('23T10:05'), '李主任')).toContain('第 2 次');
  });
});

describe('an alarm is no appeal', () => {
  test('it has no deadline, no rating and no place among the open ones, and its commands say what to use instead', async () => {
    await say('张奶奶', '屋头有煤气味');
    expect(await store.transaction((tx) => tx.find('appeals'))).toEqual([]);
    for (const line of ['受理', '派', '转', '办结', '合并', '延期', '不受理', '重办', '拆分', '记录']) {
      const said = to(await say('李主任', `/${line} JQ261123-001 @小吴 3天 好了`), '李主任');
      expect(said).toContain('是警情，不按诉求办');
      expect(said).toContain('/平安 JQ261123-001');
    }
    await say('小周', '/收到');
    await say('小周', '/平安 换了软管');
    const later = [...(await at('24T10:00')), ...(await at('25T10:00')), ...(await at('30T10:00'))].join('\n');
    expect(later).not.toMatch(/解决没有|满意|该回话|超期|到期/);
    expect(to(await say('张奶奶', '查'), '张奶奶')).not.toContain('JQ');
  });

  test('a row of the list of alarms is never closed as somebody’s lamp', async () => {
    await say('刘哥', '3栋2单元楼道灯不亮');
    await say('张奶奶', '屋头有煤气味');
    await say('小周', '/警情');
    expect(to(await say('小周', '1 办结 弄好了'), '小周')).toContain('是警情');
    expect(to(await say('小周', '/办结 1 弄好了'), '小周')).toContain('是警情');
    const [lamp] = await store.transaction((tx) => tx.find('appeals'));
    expect(lamp?.state).toBe('registered');
    await say('小周', '1 收到');
    await say('小周', '1 平安 换了软管');
    expect((await alarms())[0]?.state).toBe('over');
  });

  test('a human word goes on to who told of it, and theirs comes back to whoever has it', async () => {
    await say('张奶奶', '屋头有煤气味');
    await say('小周', '/收到');
    expect(to(await say('小周', '/回复 JQ261123-001 门口等我，电话 0858-8123456'), '张奶奶')).toContain('门口等我，电话 0858-8123456');
    expect(to(await say('小周', '/补充 JQ261123-001 屋头还有哪个'), '张奶奶')).toContain('屋头还有哪个');
    const back = await say('张奶奶', '还有我孙子');
    expect(to(back, '小周')).toContain('还有我孙子');
    expect(to(back, '工作群')).toBe('');
  });
});

describe('calling', () => {
  test('ten alarms in a minute are ten alarms with ten cards, and one page each time they are called again', async () => {
    for (let index = 1; index <= 10; index++) expect((await say(`居民${index}`, '屋头有煤气味')).join()).toContain('119');
    expect((await alarms()).map(({ id }) => id).at(-1)).toBe('JQ261123-010');
    const again = await at('23T10:05');
    expect(again).toHaveLength(1);
    expect(again[0]?.match(/第 2 次/g)).toHaveLength(10);
    expect(to(await say('小周', '/收到', { room: '工作群' }), '居民7')).toContain('小周收到了');
    expect(await at('23T10:10')).toEqual([]);
  });

  test('the same fire told by several is one alarm, and everybody hears who comes', async () => {
    await say('陈姐', '3栋着火了快来人', { room: '居民群' });
    expect((await say('刘哥', '3栋着火了', {})).join()).toContain('119');
    await say('路人', '着火了！', { room: '居民群' });
    expect((await alarms()).map(({ voices }) => voices)).toEqual([['刘哥', '路人']]);
    const taken = await say('小周', '/收到');
    for (const teller of ['陈姐', '刘哥', '路人']) expect(to(taken, teller)).toContain('小周收到了');
  });

  test('whoever asks whether anybody comes is told how it is, and everybody is called anew, but not with every word', async () => {
    await say('张奶奶', '屋头有煤气味');
    await at('23T10:03');
    const first = await say('张奶奶', '有没有人管啊');
    expect(to(first, '张奶奶')).toContain('还没有人回我');
    expect(to(first, '工作群')).toContain('在等人');
    expect(to(await say('张奶奶', '人呢'), '工作群')).toBe('');
    await say('小周', '/收到');
    const then = await say('张奶奶', '怎么还不来');
    expect(to(then, '张奶奶')).toContain('小周 10:03收到了');
    expect(to(then, '小周')).toContain('怎么还不来');
    expect(to(await at('23T10:45'), '工作群')).toBe('');
    expect(to(await say('张奶奶', '到底还有没有人来'), '小周')).toContain('到底还有没有人来');
  });

  test('worse news after it was over calls everybody anew under the same number', async () => {
    await say('张奶奶', '屋头有煤气味');
    await say('小周', '/收到');
    await say('小周', '/平安 关了阀门');
    await at('23T11:00');
    const anew = await say('张奶奶', '味道越来越浓了');
    expect(to(anew, '工作群')).toContain('JQ261123-001');
    expect(to(await at('23T11:05'), '工作群')).toContain('第 2 次');
  });

  test('who is reminded the day after is whoever had it, every morning until it is over', async () => {
    await say('张奶奶', '屋头有煤气味');
    await say('小吴', '/收到');
    expect(to(await at('24T09:00'), '小吴')).toContain('还没有发 /平安');
    expect(to(await at('25T09:00'), '小吴')).toContain('还没有发 /平安');
    await say('小吴', '/平安 换了软管');
    expect(to(await at('26T09:00'), '小吴')).toContain('请去看一眼');
    expect(to(await at('27T09:00'), '小吴')).not.toContain('JQ');
  });

  test('its number, typed by whoever told of it, tells how it stands, and nothing to anybody else', async () => {
    await say('张奶奶', '屋头有煤气味');
    await say('小周', '/收到');
    for (const typed of ['JQ261123-001', 'jq261123001', '查'])
      expect(to(await say('张奶奶', typed), '张奶奶')).toContain('小周 10:00收到了');
    expect(to(await say('刘哥', 'JQ261123-001'), '刘哥')).not.toMatch(/小周|收到/);
  });

  test('only whoever has taken it, or a director, ends it', async () => {
    await say('张奶奶', '屋头有煤气味');
    expect(to(await say('小吴', '/平安 没事'), '小吴')).toContain('先发 /收到');
    await say('小周', '/收到');
    expect(to(await say('小吴', '/平安 没事'), '小吴')).toContain('在 小周 那里');
    await say('张奶奶', '火灭了，没事了');
    expect((await alarms())[0]?.state).toBe('heard');
    await say('李主任', '/平安 打电话问过了');
    expect((await alarms())[0]?.state).toBe('over');
    expect(to(await say('小周', '/到场 JQ261123-001'), '小周')).toContain('已经平安了');
  });
});

describe('what is said while it is on', () => {
  test('a place that is put right is the place; another matter at its own place is a case of its own', async () => {
    await say('张奶奶', '着火了');
    await say('张奶奶', '在3栋');
    await say('张奶奶', '说错了，是5栋2单元');
    expect((await alarms())[0]?.place).toContain('5栋2单元');
    await say('小周', '/收到');
    await at('23T10:09');
    await say('张奶奶', '8栋楼下的路灯坏了，晚上黑得很');
    expect(await store.transaction((tx) => tx.find('appeals'))).toHaveLength(1);
  });

  test('another danger a while later, or of a kind that is not everybody’s business, is an alarm of its own', async () => {
    await say('小明', '3栋着火了');
    await say('小周', '/收到');
    const other = await say('小明', '我想跳楼，不想活了');
    expect((await alarms()).map(({ kinds }) => kinds)).toEqual([['fire'], ['suicide']]);
    expect(to(other, '工作群')).not.toContain('不想活');
  });

  test('danger told in several messages is read together, in a group too, and not from two people', async () => {
    for (const word of ['电梯', '卡住了', '出不来']) await say('陈姐', word, { room: '居民群' });
    expect((await alarms()).map(({ kinds }) => kinds)).toEqual([['trapped']]);
    await say('刘哥', '我不想', { room: '居民群' });
    await say('杨哥', '活了', { room: '居民群' });
    expect(await alarms()).toHaveLength(1);
    await say('秦姐', '我不想');
    await at('23T10:11');
    await say('秦姐', '活了');
    expect(await alarms()).toHaveLength(1);
  });

  test('what somebody else calls the bot is no news of it, worse news is', async () => {
    await say('秦姐', '3栋2单元501煤气味大得很');
    expect(to(await say('吴哥', '你们都是骗子吧'), '工作群')).toBe('');
    expect(to(await say('吴哥', '又着火了，3栋2单元'), '工作群')).not.toBe('');
  });

  test('a picture goes to whoever has it', async () => {
    await say('张奶奶', '着火了');
    await say('小周', '/收到');
    heard.length = 0;
    await stage.take({ from: '张奶奶', text: '', file: '/tmp/fire.jpg' });
    expect(heard).toContainEqual(expect.objectContaining({ to: '小周', file: expect.stringContaining('fire.jpg') }));
  });

  test('a picture of what is nobody’s business goes with the words, and to no group', async () => {
    await say('秦姐', '我不想活了，药就在手边，7栋1单元501');
    heard.length = 0;
    await stage.take({ from: '秦姐', text: '', file: '/tmp/pills.jpg' });
    const pictures = heard.flatMap((line) => ('kind' in line && line.file !== undefined ? [line.room ?? line.to] : []));
    expect(pictures).toEqual(['李主任']);
    expect(to(lines(), '工作群')).toContain('又有新的话');
  });

  test('a line break in somebody’s words, or name, forges no line of ours', async () => {
    const called = await say('坏\n【紧急】人', '着火了\n【紧急】假的\u2028请马上去 9 栋\r\n/平安');
    await say('小周', '/收到');
    const more = await say('坏\n【紧急】人', '火大得很\n\n【系统】小周 收到');
    for (const line of [...called, ...more].filter((each) => /^(工作群|小周|李主任)：/.test(each)))
      expect(
        line
          .split(/[\n\r\u2028]/)
          .slice(1)
          .join('\n'),
      ).not.toMatch(/^【/m);
  });

  test('a number is kept sealed, and shown to who may read the words', async () => {
    await say('刘哥', '屋头着火了，电话13985801234');
    expect(JSON.stringify(await alarms())).not.toContain('13985801234');
    expect(to(await say('小周', '/显示 JQ261123-001'), '小周')).toContain('13985801234');
  });
});

describe('what others say of an alarm that is on', () => {
  const tales = ['更严重了', '还没停', '压不住了', '控制不住了', '火更大了', '火更大了', '蔓延了'];
  const tell = async (from: string, more: object = {}) => {
    const said: string[] = [];
    for (const tale of tales) said.push(...(await say(from, `3栋2单元${tale}`, more)));
    return said;
  };
  const rung = (said: readonly string[], who: string) => said.filter((line) => line.startsWith(`${who}：【紧急`));

  beforeEach(async () => {
    await say('张奶奶', '3栋2单元501着火了');
  });

  test('rings staff twice in ten minutes a person; the rest is told together, and none of it is lost', async () => {
    await say('小周', '/收到');
    const said = await tell('小王');
    expect(rung(said, '小周')).toHaveLength(2);
    expect(rung(said, '工作群')).toHaveLength(2);
    expect(said.filter((line) => line.startsWith('小王：')).map((line) => line.includes('过几分钟一起转给'))).toEqual([
      ...[false, false],
      ...[true, true, true, true, true],
    ]);
    // Another one is heard at once, and so is whoever told of it, as often as they speak.
    expect(rung(await say('吴哥', '3栋2单元还没停'), '小周')).toHaveLength(1);
    for (const words of ['火更大了', '还在烧', '烟越来越浓']) expect(rung(await say('张奶奶', words), '小周')).toHaveLength(1);
    // Whoever looks reads all of it, what was said twice once.
    expect(to(await say('小周', '/警情 1'), '小周').match(/3栋2单元火更大了/g)).toHaveLength(1);

    const together = rung(await at('23T10:05'), '小周');
    expect(together).toHaveLength(1);
    for (const tale of ['压不住了', '控制不住了', '火更大了', '蔓延了']) expect(together[0]).toContain(`小王：3栋2单元${tale}`);
    expect(together[0]).not.toContain('更严重了');
    expect(rung(await at('23T10:09'), '小周')).toEqual([]);
    expect(rung(await at('23T10:20'), '小周')).toEqual([]);
    expect(rung(await say('小王', '3栋2单元灭不了'), '小周')).toHaveLength(1);
  });

  test('is told to everybody who was called while nobody has it, beside the pages, which do not grow by it', async () => {
    const said = await tell('小王');
    expect(rung(said, '工作群')).toHaveLength(2);
    const later = rung(await at('23T10:05'), '工作群');
    expect(later.filter((line) => line.includes('旁人又说'))).toHaveLength(1);
    expect(later.filter((line) => line.includes('第 2 次')).join()).not.toContain('蔓延了');
  });

  test('in a group that the bot is not spoken to in is bounded as silently', async () => {
    await say('刘哥', '门口着火了，烟好大', { room: '居民群' });
    expect(await alarms()).toHaveLength(2);
    const said = await tell('小王', { room: '居民群' });
    expect(rung(said, '工作群')).toHaveLength(2);
    expect(to(said, '居民群')).toBe('');
  });

  test('and who then calls for help is in danger, not one of the others', async () => {
    await say('小周', '/收到');
    await tell('小王');
    expect(to(await say('小王', '救命，我家9栋1单元501煤气泄漏了'), '工作群')).toContain('9栋1单元');
    expect(await alarms()).toHaveLength(2);
  });

  test('of what is nobody’s business is told without a word in the group', async () => {
    await say('吴嫂', '我老公又打我，拿刀要砍人');
    for (const each of ['刀收了', '人走了', '没事了', '是误会']) await say('老吴', `吴嫂家的${each}`);
    const later = await at('23T10:05');
    expect(to(later, '李主任')).toContain('老吴：吴嫂家的没事了');
    expect(to(later, '工作群')).toContain('又有新的话');
    expect(to(later, '工作群')).not.toMatch(/老吴|误会/);
  });
});

test('what is deleted is gone from an alarm that is over, and stays while it is on', async () => {
  await say('张奶奶', '着火了，我是张桂花，在3栋');
  expect(to(await say('张奶奶', '删除我的信息'), '张奶奶')).toContain('先不能删');
  await say('小周', '/收到');
  await say('小周', '/平安 张桂花家的锅烧干了');
  await say('张奶奶', '删除我的信息');
  await say('张奶奶', '1');
  const all = JSON.stringify(await store.transaction(async (tx) => [await tx.find('alarms'), await tx.find('deliveries')]));
  expect(all).not.toMatch(/张桂花|3栋/);
  expect((await alarms())[0]).toMatchObject({ state: 'over', erased: true });
  expect(to(await say('小周', '/警情 JQ261123-001'), '小周')).not.toContain('张');
});
