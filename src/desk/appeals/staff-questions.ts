import { z } from 'zod';
import { saysOne } from '../../domain/words/short-answer.ts';
import { question, settle } from '../kernel/question.ts';
import { here, type Outcome, type Turn, UserError } from '../kernel/turn.ts';
import { actingIn, makeMove, summaryLine, toReporter } from './moves.ts';
import { toStaffOf } from './staff.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** Whether an appeal that a member of staff took down for somebody is to be taken back. */
    filedFor: z.infer<typeof ofFiled>;
  }
}

const ofFiled = z.object({ appeal: z.string() });

/** Not put in words: the receipt tells how. Over with the next command. */
export const filedFor = question<'filedFor', 'cancel'>({
  remembers: ofFiled,
  minutes: 5,
  owed: false,
  ofStaff: true,
  // Other words of refusing may mean a form that it covers.
  reads: (turn) => (saysOne(turn.text, [turn.say('command.cancelWord')]) ? { answer: 'cancel' } : 'other'),
  async answers(turn, { appeal }) {
    await settle(turn);
    return takeBackFiled(turn, appeal);
  },
});

/** Takes back what nobody has gone on from. Everybody hears of it who heard that it was filed. @throws UserError when somebody has */
async function takeBackFiled(turn: Turn, number: string): Promise<Outcome | undefined> {
  const appeal = await turn.tx.get('appeals', number);
  if (!appeal) return undefined;
  if (appeal.history.length > 1) throw new UserError(turn.say('undo.goneOn', { number }));
  const moved = await makeMove(actingIn(turn), appeal, 'withdraw', turn.say('fileFor.cancelledStep'));
  const notice = turn.say('fileFor.cancelledStaff', { name: turn.person.name, line: await summaryLine(moved, turn) });
  const told = moved.onBehalfOf === undefined ? [toReporter(moved, turn.say('resident.filedWrongly', { number }))] : [];
  const replies = [here(turn, turn.say('fileFor.cancelled', { number })), ...told, ...(await toStaffOf(turn, moved, notice))];
  return { decision: 'action', topic: null, replies };
}
