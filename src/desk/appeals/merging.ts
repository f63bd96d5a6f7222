import { openStates } from '../../domain/appeals/appeal.ts';
import type { Command } from '../kernel/command.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { actingIn, firstWord, keep, makeMove, namedAppeal, reopen as takeUpAgain, toVoices } from './moves.ts';
import { done, onAppeal } from './on-appeal.ts';
import type { Appeal } from './rows.ts';

/** 合并: one problem, one number, every reporter kept. */
export const merge: Command = {
  id: 'merge',
  role: 'worker',
  needs: ['appeal', 'into'],
  move: 'merge',
  run: onAppeal(async (turn, appeal, { into }) => {
    if (!into || into.id === appeal.id) throw new UserError(turn.say('merge.same'));
    if (!openStates.includes(into.state)) throw new UserError(turn.say('merge.closed', { number: into.id }));
    // Everybody who told of it hears that it was merged: that is the first word to them.
    const moved = await makeMove(actingIn(turn), { ...appeal, into: into.id, ...firstWord(turn, appeal) }, 'merge', into.id);
    const at = turn.now.toISOString();
    const joined = appeal.followers.map((each) => ({ person: each.person, at: each.at, merged: appeal.id }));
    const voices = [{ person: appeal.person, at, merged: appeal.id }, ...joined];
    const new_ = voices.filter(({ person }) => person !== into.person && !into.followers.some((each) => each.person === person));
    const kept = await makeMove(
      actingIn(turn),
      { ...into, followers: [...into.followers, ...new_] },
      'note',
      turn.say('merge.step', { number: appeal.id }),
    );
    return [
      here(
        turn,
        turn.say('merge.done', {
          appeal: await namedAppeal(moved, turn),
          into: await namedAppeal(kept, turn),
          number: moved.id,
          count: kept.followers.length + 1,
        }),
      ),
      ...toVoices(moved, turn.say('resident.merged', { number: moved.id, into: kept.id })),
    ];
  }),
};

/** 拆分: undoes a merge; everybody has their own number again. */
export const split: Command = {
  id: 'split',
  role: 'worker',
  needs: ['appeal'],
  move: 'split',
  run: onAppeal(async (turn, appeal) => {
    const { into, ...own } = appeal;
    const moved = await makeMove(actingIn(turn), own, 'split');
    const host = into === undefined ? undefined : await turn.tx.get('appeals', into);
    if (host) await keep(actingIn(turn), { ...host, followers: await stillFollowing(turn, host, appeal) });
    return [await done(turn, moved), ...toVoices(moved, turn.say('resident.split', { number: moved.id }))];
  }),
};

/** 重办: takes a closed one up again. */
export const reopen: Command = {
  id: 'reopen',
  role: 'worker',
  needs: ['appeal'],
  accepts: ['text'],
  move: 'reopen',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await takeUpAgain(actingIn(turn), appeal, text === '' ? undefined : text);
    return [await done(turn, moved), ...toVoices(moved, turn.say('resident.reopened', { number: moved.id }))];
  }),
};

/** Who follows the host when one appeal is taken out of it: its own people do not, unless another one of theirs is in it. */
async function stillFollowing(turn: Turn, host: Appeal, taken: Appeal): Promise<Appeal['followers']> {
  const others = (await turn.tx.find('appeals', { into: host.id })).filter(({ id }) => id !== taken.id);
  const kept = host.followers.filter(({ merged }) => merged !== taken.id);
  const again = others
    .filter(({ person }) => host.followers.some((each) => each.person === person && each.merged === taken.id))
    .map(({ id, person, createdAt }) => ({ person, at: createdAt, merged: id }));
  return [...kept, ...again];
}
