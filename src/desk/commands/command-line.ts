import type { Turn } from '../kernel/turn.ts';
import { recentList } from './arguments.ts';
import { afterSlash, type Called, commandIn } from './parse.ts';

/** Without a slash these may run on into their text ("3办结修好了"); of others that is chatter ("1 转了没有"). */
const runsOn: readonly string[] = ['accept', 'resolve', 'close'];
/** In private these are commands by themselves, without a slash. */
const bareVerbs: readonly string[] = [
  'todo',
  'status',
  'help',
  'acknowledge',
  'alarms',
  'attend',
  'unanswered',
  'duty',
  'giveBack',
  'undo',
];

/** The command line that a message of one of the staff is, with a slash or without; undefined when it is none. */
export const commandLine = (turn: Turn): string | undefined => (afterSlash(turn.text) === undefined ? withoutSlash(turn) : turn.raw);

/** The command line that a message without a slash means, if it means one. */
function withoutSlash(turn: Turn): string | undefined {
  const words = turn.content.commands;
  const lineOf = ({ id, rest }: Called, row = '') => `/${words.get(id)?.verb} ${row} ${rest}`.trimEnd();
  const [, row = '', rest = ''] = /^\s*第?([\d０-９]{1,2})[\s　.、号个]*(\p{Script=Han}[\s\S]*)$/u.exec(turn.raw) ?? [];
  const numbered = row !== '' && (recentList(turn, 'appeals') ?? recentList(turn, 'alarms')) ? commandIn(rest, words) : undefined;
  if (numbered && (!numbered.runOn || runsOn.includes(numbered.id))) return lineOf(numbered, row);
  if (turn.room) return undefined;
  const called = commandIn(turn.raw.trim(), words);
  if (!called || called.runOn) return undefined;
  const alone = called.rest === '' && bareVerbs.includes(called.id);
  const onAppeal = /^(?:[A-Z]{1,4}\d{6}|\d{1,4}(?:号)?(?:[\s，,：:]|$))/iu.test(called.rest);
  return alone || onAppeal ? lineOf(called) : undefined;
}
