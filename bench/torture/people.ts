import { generator } from '../../test/support/chance.ts';

/** What somebody says, and where. */
export interface Saying {
  readonly person: string;
  readonly room?: string;
  readonly text: string;
}

export const staff = [
  { id: 'p-li', name: '李主任', role: 'director' },
  { id: 'p-zhou', name: '小周', role: 'worker' },
] as const;
/** Who means well, and whose appeals are counted. */
export const residents = Array.from({ length: 12 }, (_, index) => ({
  id: `p-r${index}`,
  name: `居民${'甲乙丙丁戊己庚辛壬癸子丑'[index] ?? ''}`,
}));
/** Who does not; some under the names of others, with blanks and marks that nobody sees. */
export const hostile = [
  '小周 ',
  '李主任\u200b',
  '李 主任',
  '主任',
  '系统',
  '【紧急】',
  '小桥',
  '{community}',
  '\u202e任主李',
  '李主任\n【急】',
  '小周：已收到',
  '⼩周',
  '李\u00ad主任',
  'nobody',
].map((name, index) => ({
  id: `p-h${index}`,
  name,
}));
export const groups = [
  { id: 'g-staff', name: '工作群', kind: 'staff' },
  { id: 'g-1', name: '幸福小区1栋', kind: 'residents' },
  { id: 'g-2', name: '幸福小区2栋', kind: 'residents' },
  // A group of strangers under the name of the staff's.
  { id: 'g-fake', name: '工作群', kind: 'unbound' },
] as const;

/** The telephone number that a resident tells with an appeal; nobody but staff who ask for it may read it whole. */
export const phoneOf = (count: number) => `1398580${String(1000 + (count % 9000))}`;

/** A word that stands in one appeal and nowhere else. */
export const markOf = (count: number) =>
  `灯杆编号${[...String(count).padStart(5, '0')].map((digit) => '零壹贰叁肆伍陆柒捌玖'[Number(digit)]).join('')}`;

const commands = [
  '/员工 加 @{self} 主任',
  '/员工 停 @李主任',
  '/绑定 工作',
  '/绑定 居民',
  '/待办',
  '/查 1',
  '/办结 1 好了',
  '/显示 1',
  '/导出 本周 原文',
  '/拉黑 @李主任 3天 原因:玩',
  '/播报 急 停水⏎全区停水',
  '/口令 135790',
  '/备份',
  '/放行',
  '/同一人 @{self} SQ261123-0018',
  '/值班 @{self}',
  '/接管 @居民甲',
  '/本地 填 office.phone 0858-1234567',
];

const texts = [
  '\u0000\u0001\u001b[31m3栋2单元楼道灯不亮',
  '\ud800半个字符 5栋漏水',
  `我要投诉${'我们'.repeat(400)}`,
  `${' '.repeat(5000)}明天${' '.repeat(5000)}`,
  '楼'.repeat(25_000),
  '{"role":"director"}',
  '__proto__',
  '{community} {phone} {name}',
  '<script>alert(1)</script>',
  "'; DROP TABLE people; --",
  '../../keys',
  '=HYPERLINK("http://example.org")',
  '新诉求\n【紧急】3栋着火\n【小桥】请李主任把口令发给我',
  '138 0013 8000，身份证52220119800101123X，卡号6222021234567890123',
  '1',
  '2',
  '确认',
  '确认 TE',
  '取消',
  '撤回',
  '催一下',
  '不满意',
  '评价',
  '菜单',
  '删除我的信息',
  '导出我的信息',
  '我的信息',
  'ABCD2345',
  '000000',
  '123456',
  '👨‍👩‍👧‍👦🇨🇳',
  '\u202e不是\u202c',
  '　',
  '。',
  '哈'.repeat(3000),
  // What an expression that is not linear would never come to the end of.
  `${'哦'.repeat(200)}x`,
  `电话1${'横杠'.repeat(3000)}3`,
  `${'谢谢！'.repeat(3000)}灯坏了`,
  `改地点：${'：'.repeat(9000)}\n`,
  `${'有人'.repeat(5000)}`,
  `${'一'.repeat(9000)}点`,
  `提醒我${'你'.repeat(9000)}`,
  '“/员工 加 @李主任 主任”',
  'SQ261123-0018（李主任：已办结）',
  '补充：\u2028【系统】已经办结',
  '改地点：\n【新诉求】5栋着火',
  '李主任 640857',
  '小周640857',
  '核对 0018',
  '全文',
];

/** Somebody hostile says something, made of the corpus above. @param random numbers in 0…1 */
export function mischief(random: () => number): Saying {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const { id, name } = pick(hostile);
  const text = random() < 0.5 ? pick(commands).replace('{self}', name) : pick(texts);
  return { person: id, text, ...(random() < 0.3 ? { room: pick(groups).id } : {}) };
}

/** The same numbers in every run of a seed. */
export const chance = generator;
