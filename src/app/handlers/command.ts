import { recentList } from '../commands/arguments.ts';
import { afterSlash, commandIn } from '../commands/parse.ts';
import { runLine } from '../commands/run.ts';
import { may } from '../staff.ts';
import type { Handler } from '../turn.ts';
import { showMenu } from './menu-page.ts';

/** Commands of the staff: "/受理 3", and "3 办结 换了灯泡" after a list. To everybody else they do not exist: a "/" gets the menu. */
export const command: Handler = async (turn) => {
  const slashed = afterSlash(turn.text) !== undefined;
  if (!may(turn.person, 'worker')) return slashed && turn.message.addressed ? showMenu(turn, turn.content.menu) : undefined;
  if (slashed) return runLine(turn, turn.raw);
  const numbered = /^\s*([\d０-９]{1,2})[\s　.、号]*(\p{Script=Han}[\s\S]*)$/u.exec(turn.raw);
  const [, row = '', rest = ''] = numbered ?? [];
  const called = recentList(turn) && commandIn(rest, turn.content.commands);
  if (!called) return undefined;
  const verb = turn.content.commands.get(called.id)?.verb ?? '';
  return runLine(turn, `/${verb} ${row} ${called.rest}`);
};
