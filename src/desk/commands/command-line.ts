import type { Turn } from '../kernel/turn.ts';
import { afterSlash, type Called, commandIn } from './parse.ts';
import { recentList } from './recent-list.ts';

/** The command line that a message of one of the staff is, with a slash or without; undefined when it is none. */
export const commandLine = (turn: Turn): string | undefined => (afterSlash(turn.text) === undefined ? withoutSlash(turn) : turn.raw);

/** The command line that a message without a slash means, if it means one. */
function withoutSlash(turn: Turn): string | undefined {
  const words = turn.content.commands;
  const traitsOf = ({ id }: Called) => turn.commands.find((each) => each.id === id);
  const lineOf = ({ id, rest }: Called, row = '') => `/${words.get(id)?.verb} ${row} ${rest}`.trimEnd();
  const [, row = '', rest = ''] = /^\s*第?([\d０-９]{1,2})[\s　.、号个]*(\p{Script=Han}[\s\S]*)$/u.exec(turn.raw) ?? [];
  const numbered = row !== '' && (recentList(turn, 'appeals') ?? recentList(turn, 'alarms')) ? commandIn(rest, words) : undefined;
  if (numbered && (!numbered.runOn || traitsOf(numbered)?.runsOn)) return lineOf(numbered, row);
  if (turn.room) return undefined;
  const called = commandIn(turn.raw.trim(), words);
  if (!called || called.runOn) return undefined;
  const alone = called.rest === '' && traitsOf(called)?.bare;
  const onAppeal = /^(?:[A-Z]{1,4}\d{6}|\d{1,4}(?:号)?(?:[\s，,：:]|$))/iu.test(called.rest);
  return alone || onAppeal ? lineOf(called) : undefined;
}
