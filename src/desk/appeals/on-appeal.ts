import type { Call, Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { namedAppeal } from './moves.ts';
import type { Appeal } from './rows.ts';

/** What a command does to the appeal that it was given. */
type Act = (turn: Turn, appeal: Appeal, call: Call) => Promise<readonly Reply[]>;

/** A command's run over its appeal. The parser has looked it up; it is there because the declaration needs it. */
export const onAppeal =
  (act: Act): Command['run'] =>
  async (turn, call) =>
    call.appeal ? act(turn, call.appeal, call) : [];

/** That it is done, and in which state the appeal is now. */
export async function done(turn: Turn, appeal: Appeal): Promise<Reply> {
  return here(turn, turn.say('command.done', { appeal: await namedAppeal(appeal, turn), state: turn.say(`state.${appeal.state}`) }));
}
