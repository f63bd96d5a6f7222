import { recentList } from '../commands/arguments.ts';
import { commandCalled, readLine } from '../commands/parse.ts';
import { runLine } from '../commands/run.ts';
import { may } from '../staff.ts';
import type { Handler } from '../turn.ts';
import { showMenu } from './menu-page.ts';

/** Commands of the staff: "/受理 3", and "3 办结 换了灯泡" after a list. To everybody else they do not exist: a "/" gets the menu. */
export const command: Handler = async (turn) => {
  if (!may(turn.person, 'worker')) {
    return readLine(turn.text) && turn.message.addressed ? showMenu(turn, turn.content.menu) : undefined;
  }
  if (readLine(turn.text)) return runLine(turn, turn.text);
  const numbered = /^\s*(\d{1,2})\s*([\p{Script=Han}]{2,4})\s*([\s\S]*)$/u.exec(turn.text.normalize('NFKC'));
  const called = numbered && recentList(turn) && commandCalled(numbered[2] ?? '', turn.content.commands);
  return called ? runLine(turn, `/${numbered[2]} ${numbered[1]} ${numbered[3]}`) : undefined;
};
