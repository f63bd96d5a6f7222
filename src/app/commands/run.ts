import { after } from '../../domain/appeal.ts';
import { makeMove } from '../appeals.ts';
import type { Reply } from '../message.ts';
import { may } from '../staff.ts';
import { ask, here, type Outcome, privately, type Turn, UserError } from '../turn.ts';
import { readCall } from './arguments.ts';
import type { Command } from './command.ts';
import { commandBeginning, commandCalled, nearestVerb, readLine } from './parse.ts';
import { commands } from './registry.ts';

/** How long a missing argument is waited for. */
const argumentMinutes = 3;

/** Runs one line of a command. What is missing is asked for; every refusal says what to type next. */
export async function runLine(turn: Turn, text: string): Promise<Outcome> {
  const line = readLine(text);
  const words = turn.content.commands;
  const begun = line && commandCalled(line.verb, words) === undefined ? commandBeginning(line.verb, words) : undefined;
  const id = begun?.id ?? commandCalled(line?.verb ?? '', words);
  const found = commands.find((each) => each.id === id);
  if (!line || !found) return unknown(turn, line?.verb ?? '');
  if (turn.room?.kind === 'residents' && !found.anywhere) return outOfPlace(turn);
  if (!may(turn.person, found.role)) return refused(turn, found);
  try {
    const call = await readCall(turn, found, `${begun?.rest ?? ''} ${line.rest}`.trim());
    if ('missing' in call) {
      await ask(turn, { kind: 'argument', command: found.id, line: text }, argumentMinutes);
      return answered([here(turn, turn.say(`missing.${call.missing}`, { example: words.get(found.id)?.example ?? '' }))]);
    }
    if (found.move && call.appeal && after(call.appeal.state, found.move) === undefined) await makeMove(turn, call.appeal, found.move);
    return answered(discreet(turn, found, await found.run(turn, call)));
  } catch (error) {
    if (error instanceof UserError) return answered([here(turn, error.message)]);
    throw error;
  }
}

function answered(replies: readonly Reply[]): Outcome {
  return { decision: 'action', topic: null, replies };
}

/** In a group the answer is told privately and the group sees "✓", unless anybody may read it. */
function discreet(turn: Turn, found: Command, replies: readonly Reply[]): Reply[] {
  if (!turn.room || found.open || !turn.person.reachable) return [...replies];
  const told = replies.map((reply) => ('room' in reply.to && reply.to.room === turn.room?.id ? privately(turn, reply.text) : reply));
  return [here(turn, turn.say('command.tick')), ...told];
}

function unknown(turn: Turn, verb: string): Outcome {
  const nearest = verb === '' ? undefined : nearestVerb(verb, turn.content.commands);
  const text = nearest === undefined ? turn.say('command.unknown') : turn.say('command.nearest', { nearest });
  return answered([here(turn, text)]);
}

/** Commands are refused in residents' groups, and not echoed there. */
function outOfPlace(turn: Turn): Outcome {
  return answered([privately(turn, turn.say('command.notHere'))]);
}

async function refused(turn: Turn, found: Command): Promise<Outcome> {
  await turn.tx.insert('audit', { id: turn.ids.id(), at: turn.now.toISOString(), actor: turn.person.id, act: found.id, allowed: false });
  return answered([privately(turn, turn.say('command.forbidden'))]);
}
