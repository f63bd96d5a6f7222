import { spokenTime } from '../../domain/time/clock-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { onAppeal } from '../appeals/on-appeal.ts';
import type { Appeal } from '../appeals/rows.ts';
import { maySee } from '../appeals/staff.ts';
import { noteAct, verifyAudit } from '../kernel/audit.ts';
import type { Command } from '../kernel/command.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { verifySeals } from '../supervision/verifying.ts';

/** 显示: the numbers that were masked in an appeal, for whoever has to phone; privately, and noted. */
export const reveal: Command = {
  id: 'reveal',
  role: 'worker',
  needs: ['appeal'],
  run: onAppeal(async (turn, appeal) => {
    if (turn.room) throw new UserError(turn.say('reveal.privately'));
    if (!maySeeOriginal(turn, appeal)) throw new UserError(turn.say('reveal.anonymous', { number: appeal.id }));
    const originals = await originalsOf(turn, appeal);
    if (originals.length === 0) throw new UserError(turn.say('reveal.nothing', { number: appeal.id }));
    const lines = originals.map(({ at, sealed }) =>
      turn.say('reveal.line', { at: spokenTime(new Date(at)), text: oneLine(turn.vault.open(sealed) ?? turn.say('reveal.lost')) }),
    );
    const text = turn.say('reveal.whole', { number: appeal.id, lines: lines.join('\n') });
    return [{ ...here(turn, turn.vault.seal(text)), sealed: true as const }];
  }),
};

/** What was typed for an appeal, and for those that were merged into it, oldest first: of what this member of staff may see. */
async function originalsOf(turn: Turn, appeal: Appeal) {
  const merged = await turn.tx.find('appeals', { into: appeal.id });
  const numbers = [appeal, ...merged].filter((each) => maySeeOriginal(turn, each)).map(({ id }) => id);
  const all = await turn.tx.find('originals', {}, { by: 'at' });
  return all.filter(({ appeals }) => appeals.some((number) => numbers.includes(number)));
}

function maySeeOriginal({ person, content }: Turn, appeal: Appeal): boolean {
  return maySee(person, appeal, content.categories) && (!appeal.anonymous || may(person, 'director'));
}

/** 审计 核对: whether the audit trail is whole, and no case was changed after it was sealed. */
export const verify: Command = {
  id: 'audit.verify',
  role: 'director',
  needs: [],
  async run(turn) {
    const { acts, broken, head } = await verifyAudit(turn);
    if (broken !== undefined) {
      await noteAct(turn, 'audit.broken', true, broken);
      return [here(turn, turn.say('audit.broken', { id: broken, acts }))];
    }
    const seals = await verifySeals(turn);
    if (seals.broken !== undefined) {
      await noteAct(turn, 'audit.broken', true, seals.broken);
      return [here(turn, turn.say('audit.sealBroken', { which: seals.broken, days: seals.days }))];
    }
    const words = [turn.say('audit.verified', { acts, head: head.slice(0, 12) })];
    if (seals.days > 0) words.push(turn.say('audit.sealed', { days: seals.days }));
    return [here(turn, words.join('\n'))];
  },
};
