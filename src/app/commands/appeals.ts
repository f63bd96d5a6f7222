import { makeMove, toReporter } from '../appeals.ts';
import type { Reply } from '../message.ts';
import type { Appeal } from '../tables.ts';
import { here, type Turn } from '../turn.ts';
import type { Command } from './command.ts';

/** What is done to one appeal. The parser has looked it up; `call.appeal` is there because the declaration needs it. */

export const accept: Command = {
  id: 'accept',
  role: 'worker',
  needs: ['appeal'],
  move: 'accept',
  async run(turn, { appeal }) {
    if (!appeal) return [];
    const moved = await makeMove(turn, { ...appeal, handler: turn.person.id, ...firstWord(turn, appeal) }, 'accept');
    return [done(turn, moved), toReporter(moved, turn.say('resident.accepted', { number: moved.id }))];
  },
};

export const answer: Command = {
  id: 'answer',
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'answer',
  async run(turn, { appeal, text }) {
    if (!appeal) return [];
    const moved = await makeMove(turn, { ...appeal, ...firstWord(turn, appeal) }, 'answer', text);
    return [
      here(turn, turn.say('command.told', { number: moved.id })),
      toReporter(moved, turn.say('resident.answered', { number: moved.id, text })),
    ];
  },
};

export const resolve: Command = {
  id: 'resolve',
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'resolve',
  async run(turn, { appeal, text }) {
    if (!appeal) return [];
    const moved = await makeMove(turn, { ...appeal, result: text, ...firstWord(turn, appeal) }, 'resolve', text);
    return [done(turn, moved), toReporter(moved, turn.say('resident.resolved', { number: moved.id, what: moved.what, text }))];
  },
};

/** 响应率 counts the first word that a person of staff sends to the resident. */
function firstWord(turn: Turn, appeal: Appeal): Pick<Appeal, 'firstWordAt'> {
  return { firstWordAt: appeal.firstWordAt ?? turn.now.toISOString() };
}

function done(turn: Turn, appeal: Appeal): Reply {
  return here(turn, turn.say('command.done', { number: appeal.id, state: turn.say(`state.${appeal.state}`) }));
}
