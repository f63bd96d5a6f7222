import { basename } from 'node:path';
import type { PlayedAccount } from '../../src/adapters/simulator/place.ts';
import type { Said } from '../../src/cli/converse.ts';
import { openTestDesk } from './desk.ts';

/**
 * A transcript is a conversation as it would be told:
 *
 *     # what it shows
 *     工作人员 李主任（主任）、小周（经办）
 *     工作群 工作群
 *     居民群 居民群
 *     —— 2026-11-23 10:00
 *     张奶奶：居住证怎么办
 *       → 张奶奶：在外地住满半年…
 *     陈姐@居民群：@小桥 你好
 *       → 居民群 陈姐：您好…
 *     杨哥（不是好友）@居民群：@小桥 路灯坏了
 *     刘姐【服务号】：[关注]
 *       → 刘姐【服务号】：您好…
 *
 * A line that ends in "…" stands for anything that begins so (and for all lines that follow in that saying).
 */
export interface Transcript {
  readonly head: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  /** The line as written, without what the bot says. */
  readonly line: string;
  readonly expected: readonly string[];
}

/** Takes a transcript apart. */
export function readTranscript(text: string): Transcript {
  const head: string[] = [];
  const steps: { line: string; expected: string[] }[] = [];
  for (const line of text.split('\n')) {
    const last = steps.at(-1);
    if (line.startsWith('  → ') && last) last.expected.push(line.slice(4));
    else if (line.startsWith('    ') && last && last.expected.length > 0) last.expected.push(`${last.expected.pop()}\n${line.slice(4)}`);
    else if (/^(#|工作人员|工作群|居民群|\s*$)/.test(line) && steps.length === 0) head.push(line);
    else if (line.trim() !== '') steps.push({ line, expected: [] });
    else if (last) last.expected.push('');
  }
  return { head, steps: steps.map(({ line, expected }) => ({ line, expected: expected.filter((each) => each !== '') })) };
}

/** Plays it against the whole app and writes it down as it went, keeping the elisions that still hold. */
export async function play(transcript: Transcript): Promise<string> {
  const named = (word: string) =>
    transcript.head.filter((line) => line.startsWith(`${word} `)).flatMap((line) => line.slice(word.length + 1).split('、'));
  const { stage, heardOf } = await openTestDesk({
    at: null,
    staff: named('工作人员').map((given) => ({
      name: given.replace(/（.*/, ''),
      role: given.includes('主任）') ? ('director' as const) : ('worker' as const),
    })),
    staffRooms: named('工作群'),
    rooms: named('居民群'),
  });
  const written = [...transcript.head];
  for (const { line, expected } of transcript.steps) {
    const said = (await heardOf(() => stage.take(readStep(line)))).map(sayingOf);
    written.push(line, ...said.map((each, index) => `  → ${elided(each, expected[index]).replaceAll('\n', '\n    ')}`));
  }
  return `${written.join('\n').trimEnd()}\n`;
}

function readStep(line: string) {
  const clock = /^—— (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(line);
  if (clock) return { at: `${clock[1]}T${clock[2]}:00+08:00` };
  const spoken = /^([^：@（【]+)(（不是好友）)?(?:【([^】]+)】)?(?:@([^：]+))?：([\s\S]*)$/.exec(line);
  if (!spoken) throw new Error(`not a line of a transcript: ${line}`);
  const [, from = '', stranger, title, room, text = ''] = spoken;
  const account = Object.entries(titles).find(([, each]) => each === title)?.[0] as PlayedAccount | undefined;
  const event = eventIn(text);
  const picture = /^\[图片 (.+)\]$/.exec(text);
  return {
    from,
    ...(stranger === undefined ? {} : { friend: false }),
    ...(account === undefined ? {} : { account }),
    ...(room === undefined ? {} : { room }),
    ...(event !== undefined ? { event } : picture ? { text: '', file: picture[1] ?? '' } : { text: text.replaceAll('\\n', '\n') }),
  };
}

/** Accounts beside WeChat, as they are written behind a name. */
const titles: Readonly<Record<string, string>> = { official: '服务号', wecom: '企业微信' };

/** "[关注]", "[取消关注]", "[扫码 desk-3]", "[菜单 1.2]". */
function eventIn(text: string): string | undefined {
  const [, does = '', what = ''] = /^\[(关注|取消关注|扫码|菜单)(?: (.+))?\]$/.exec(text) ?? [];
  const events: Readonly<Record<string, string>> = { 关注: 'follow', 取消关注: 'unfollow', 扫码: `scan:${what}`, 菜单: `click:${what}` };
  return events[does];
}

function sayingOf({ to, room, text = '', file, account = '' }: Said): string {
  const title = titles[account] === undefined ? '' : `【${titles[account]}】`;
  const where = `${room === undefined ? to : to === undefined ? room : `${room} ${to}`}${title}`;
  return `${where}：${text}${file === undefined ? '' : `[文件 ${plainName(file)}]`}`;
}

/** Without its folder and the hash of what it shows: those are not told. */
function plainName(file: string): string {
  return basename(file).replace(/-[0-9a-f]{10}(?=\.\w+$)/, '');
}

function elided(said: string, expected: string | undefined): string {
  return expected?.endsWith('…') && said.startsWith(expected.slice(0, -1)) ? expected : said;
}
