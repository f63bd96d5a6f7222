import { bareWords } from '../../domain/words/short-answer.ts';
import { commandLine } from '../commands/command-line.ts';
import { afterSlash } from '../commands/parse.ts';
import type { Question } from '../kernel/asked.ts';
import { settle } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { type Handler, here } from '../kernel/turn.ts';
import { showMenu } from '../talk/menu-page.ts';
import { codeLength, confirmed, runLine } from './run-command.ts';

/**
 * Commands of the staff: "/受理 3", and "3 办结 换了灯泡" after a list; in private also "待办", "受理 0018 …". To everybody else
 * they do not exist.
 */
export const command: Handler = async (turn) => {
  const line = may(turn.person, 'worker') ? commandLine(turn) : undefined;
  return line === undefined ? undefined : runLine(turn, line);
};

/**
 * "确认 7K" of the staff means the confirmation that waits where it is said, also under a newer question: what it was shown for is done
 * and nothing else. When none waits any more that is said, since something was meant to be done.
 */
export const confirming: Handler = async (turn) => {
  const word = bareWords(turn.say('command.confirmWord'));
  const said = bareWords(turn.text);
  const typed = said.startsWith(word) ? said.slice(word.length) : undefined;
  if (typed === undefined || !new RegExp(`^([a-z0-9]{${codeLength}})?$`).test(typed) || !may(turn.person, 'worker')) return undefined;
  const waiting = [...turn.covered, ...(turn.asked ? [turn.asked] : [])].map(({ question }) => question).find(isConfirmation);
  if (waiting && typed === bareWords(waiting.code)) {
    await settle(turn, waiting);
    return confirmed(turn, waiting);
  }
  // To a newer question the word alone may be the answer; in a group it may be meant for somebody else.
  if ((typed === '' && turn.asked) || !turn.message.addressed) return undefined;
  const text = waiting ? turn.say('command.confirm', { warning: '', code: waiting.code }) : turn.say('command.nothingToConfirm');
  return { decision: 'action', topic: null, replies: [here(turn, text)] };
};

const isConfirmation = (question: Question): question is Question<'confirmation'> => question.kind === 'confirmation';

/** Whoever types "/" and has no commands gets the menu. */
export const noCommand: Handler = async (turn) => (afterSlash(turn.text) === undefined ? undefined : showMenu(turn, turn.content.menu));
