import { commandLine } from '../commands/command-line.ts';
import { afterSlash } from '../commands/parse.ts';
import { may } from '../kernel/staff.ts';
import type { Handler } from '../kernel/turn.ts';
import { showMenu } from '../talk/menu-page.ts';
import { runLine } from './run-command.ts';

/**
 * Commands of the staff: "/受理 3", and "3 办结 换了灯泡" after a list; in private also "待办", "受理 0018 …". To everybody else
 * they do not exist.
 */
export const command: Handler = async (turn) => {
  const line = may(turn.person, 'worker') ? commandLine(turn) : undefined;
  return line === undefined ? undefined : runLine(turn, line);
};

/** Whoever types "/" and has no commands gets the menu. */
export const noCommand: Handler = async (turn) => (afterSlash(turn.text) === undefined ? undefined : showMenu(turn, turn.content.menu));
