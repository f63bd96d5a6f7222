import type { Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { actingIn, keep, namedAppeal } from './moves.ts';
import type { Appeal } from './rows.ts';

/** How long the last step can be taken back. */
const undoSeconds = 60;

/** Notes how things were before the last step of this member of staff, and who was told of it. */
export async function rememberForUndo(turn: Turn, replies: readonly Reply[]): Promise<void> {
  const before = await Promise.all(
    [...turn.changed.values()]
      .flatMap((appeal) => (appeal ? [appeal] : []))
      .map(async (appeal) => ({ appeal, steps: await stepsOf(turn, appeal.id) })),
  );
  const told = replies.flatMap(({ to, kind }) => (kind === 'notice' && !('room' in to) ? [to.person] : []));
  await turn.tx.put('undos', { id: turn.person.id, at: turn.now.toISOString(), before, told: [...new Set(told)] });
}

async function stepsOf(turn: Turn, appeal: string): Promise<number> {
  return (await turn.tx.get('appeals', appeal))?.history.length ?? 0;
}

/** 撤销: takes the last step on an appeal back, within a minute, unless somebody has gone on from it. */
export const undo: Command = {
  id: 'undo',
  role: 'worker',
  needs: [],
  accepts: ['appeal'],
  bare: true,
  async run(turn, { appeal: named }) {
    const last = await turn.tx.get('undos', turn.person.id);
    if (!last || turn.now.getTime() - Date.parse(last.at) > undoSeconds * 1000) throw new UserError(turn.say('undo.tooLate'));
    if (named && !last.before.some(({ appeal }) => appeal.id === named.id))
      throw new UserError(turn.say('undo.notThat', { number: named.id }));
    const restored: Appeal[] = [];
    for (const { appeal, steps } of last.before) {
      const now = await turn.tx.get('appeals', appeal.id);
      if (!now || now.history.length !== steps) throw new UserError(turn.say('undo.goneOn', { number: appeal.id }));
      const step = { at: turn.now.toISOString(), actor: turn.person.id, move: 'undo' as const, to: appeal.state };
      // What was done and undone stays in the history: only the state of affairs goes back.
      restored.push({ ...appeal, history: [...now.history, step] });
    }
    for (const appeal of restored) await keep(actingIn(turn), appeal);
    await turn.tx.remove('undos', turn.person.id);
    const [first] = restored;
    if (!first) throw new UserError(turn.say('undo.tooLate'));
    const correction = turn.say('resident.undone', { number: first.id });
    return [
      here(turn, turn.say('undo.done', { appeal: await namedAppeal(first, turn), state: turn.say(`state.${first.state}`) })),
      ...last.told.map((person): Reply => ({ to: { person }, text: correction, kind: 'notice' })),
    ];
  },
};
