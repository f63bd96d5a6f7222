import type { Saying } from '../../src/desk/kernel/accounts.ts';

/** What kind of sentence a saying is, by how it begins; what is not listed is an answer to a question and is only counted. */
const kinds: readonly [tag: string, shape: RegExp][] = [
  ['privacy', /^先说三句/],
  ['receipt', /^已经登记，单号/],
  ['groupReceipt', /^已登记：/],
  ['new', /^新诉求 /],
  ['accepted', /^您反映的事（.*社区已经受理/],
  ['answered', /^您反映的事（.*工作人员说：/],
  ['resolved', /^您反映的事（.*办好了。/],
  ['resolvedJoined', /^您也反映过的事/],
  ['referred', /^您反映的事（.*不归社区直接管/],
  ['asked', /^您反映的事（.*工作人员想问一下/],
  ['extended', /^您反映的事（.*要多办几天/],
  ['declined', /^您反映的事（.*不归社区办/],
  ['merged', /^您反映的事（.*是同一件/],
  ['joined', /^给您加上了，单号/],
  ['similarStaff', /^又有居民反映同一件事/],
  ['supplemented', /^记下了，已经加到/],
  ['supplementStaff', /^居民补充 /],
  ['urged', /^SQ\S+ 替您催了/],
  ['urgedStaff', /^居民催办/],
  ['withdrawn', /^SQ\S+ 撤回了。/],
  ['withdrawnStaff', /^居民撤回了/],
  ['assigned', /派给您一件/],
  ['nudge', /^昨天办好的这件事/],
  ['reopened', /^好的，SQ\S+ 重新办/],
  ['reopenedStaff', /^居民说没解决/],
  ['phone', /^居民说还是没解决/],
  ['unhappy', /^居民不满意/],
  ['firstWord', /^【该回话了】/],
  ['reminders', /^(?:要您办的|请主任看一眼|还没有人领、要赶紧办的)：/],
  ['waited', /^居民三个工作日没有补充/],
  ['digest', /^早上好。没办完的/],
  ['card', /我已经(叫了值班的|在社区工作群里叫人了)/],
  ['more', /^【紧急·补充】/],
  ['page2', /^【紧急·第 2 次】/],
  ['page3', /^【紧急·第 3 次】/],
  ['pageDirector', /^【紧急】.*叫了三次没有人回/],
  ['page', /^【紧急】/],
  ['coming', /收到了，马上和您联系/],
  ['tooMuch', /^您这会儿发得有点多/],
  ['blocked', /我先不答您的话了/],
  ['trouble', /^对不住，我这边出了点毛病|^有一条消息发了几次都没发出去|^备份没有做成|^内容文件有错/],
  ['refusal', /没有找到单号|这一步做不了|校验位不对|好几单都像|没有这个命令|哪一单？|内容呢？|请他或者主任发 \/平安/],
];

export interface Heard {
  readonly tag: string | undefined;
  /** A room, or a person. */
  readonly to: string;
  readonly number: string | undefined;
  /** Every number that it names, in order. */
  readonly numbers: readonly string[];
  readonly place: string | undefined;
  /** How many more it counts and does not name: a long notice names ten of a kind. */
  readonly unnamed: number;
}

/** What was said in one message, since a message costs something there: each sentence that has a kind begins another. */
export function sayingsIn(text: string): string[] {
  const sayings: string[] = [];
  for (const paragraph of text.split('\n\n')) {
    const before = sayings.pop();
    if (before === undefined) sayings.push(paragraph);
    else if (kinds.some(([, shape]) => shape.test(paragraph))) sayings.push(before, paragraph);
    else sayings.push(`${before}\n\n${paragraph}`);
  }
  return sayings;
}

/** Calls for several alarms that go to one place in one message. */
export const callsIn = (text: string): string[] => (text.startsWith('【紧急') ? text.split(/\n(?=【紧急)/) : [text]);

/** What somebody heard. */
export function hearing({ to, text, kind }: Saying): Heard {
  const where = 'room' in to ? to.room : to.person;
  const tag = kind === 'broadcast' ? 'edition' : kinds.find(([, shape]) => shape.test(text))?.[0];
  const numbers = [...new Set(text.match(/SQ\d{6}-\d{4,}|JQ\d{6}-\d{3,}/g) ?? [])];
  const unnamed = [...text.matchAll(/^还有 (\d+) 件$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  return { tag, unnamed, to: where, number: numbers[0], numbers: [...numbers].sort(), place: /\d+栋\d+单元/.exec(text)?.[0] };
}
