import { countNames } from '../../domain/supervision/counts.ts';
import { sealOf, type TreeName, treeNames } from '../../domain/supervision/day.ts';
import { inOrder, leafOf, rootOf, type Sum } from '../../domain/supervision/sum-tree.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { lastDays } from '../../domain/time/period.ts';
import { byTheClock } from '../appeals/moves.ts';
import { append } from '../kernel/audit.ts';
import type { Chore } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import type { Transaction } from '../kernel/ports.ts';
import { alarmCase, appealCase, type Case } from './cases.ts';
import { lastSealedDay } from './proof.ts';
import type { SealedDay } from './rows.ts';

/** The hour of the night, in Shanghai, from which a day is sealed: before what is finished goes to the archive. */
const dueFromHour = 3;
/** The counts are of so many days, as those of 办理公示 are. */
const countedDays = 30;
/** 130 bits: nobody finds out a case by trying. */
const saltLength = 26;

/** Seals the day: the root over all cases as they are now. What is changed later does not fit it any more. */
export const sealing: Chore = {
  id: 'sealing',
  every: 'day',
  when: (_, now) => inShanghai(now).hour >= dueFromHour,
  async run(app, now, tx) {
    const last = await lastSealedDay(tx);
    const id = inShanghai(now).date;
    // A clock that was put back: a day is sealed once, and after those before it.
    if (last && last.id >= id) return;
    const at = now.toISOString();
    const { from, to } = lastDays(countedDays, now);
    const cases = await casesIn(app, tx, { from, to });
    const [open, discreet, alarms] = await Promise.all(treeNames.map((tree) => sealTree(app, tx, { tree, id, at }, cases)));
    if (!open || !discreet || !alarms) return;
    const day: Omit<SealedDay, 'seal'> = { id, at, from, to, before: last?.seal ?? '', open, discreet, alarms };
    const seal = sealOf(app.vault.digest, day);
    await tx.insert('sealedDays', { ...day, seal });
    await append({ tx, now, vault: app.vault }, { actor: byTheClock, act: 'seal', target: `${id}/${seal}`, allowed: true });
  },
};

async function casesIn({ content, vault }: App, tx: Transaction, period: { from: string; to: string }): Promise<Case[]> {
  const { categories } = content.current();
  const appeals = (await tx.find('appeals')).map((appeal) => appealCase(appeal, { categories }, period, vault.digest));
  const alarms = (await tx.find('alarms')).map((alarm) => alarmCase(alarm, vault.digest));
  return [...appeals, ...alarms];
}

/** Keeps the leaves of a tree, and of each case what it takes to show its place there. @returns the root */
async function sealTree(
  { vault, ids }: App,
  tx: Transaction,
  { tree, id, at }: { tree: TreeName; id: string; at: string },
  cases: readonly Case[],
): Promise<Sum & { counts: number[] }> {
  const made: (Sum & { of: Case; text: string; salt: string })[] = [];
  for (const of of cases.filter((each) => each.tree === tree)) {
    // Of a case that was forgotten the secret is made and forgotten at once.
    const kept = of.erased ? undefined : await tx.get('seals', of.number);
    const salt = kept?.salt ?? ids.code(saltLength);
    const text = JSON.stringify(of.statement);
    made.push({ ...leafOf(vault.digest, text, salt, of.counts), of, text, salt });
  }
  const ordered = inOrder(made);
  for (const [index, { of, text, salt, counts }] of ordered.entries()) {
    if (of.erased) await tx.remove('seals', of.number);
    else await tx.put('seals', { id: of.number, at, day: id, tree, index, text, salt, counts: [...counts], people: [...of.people] });
  }
  const leaves = ordered.map(({ hash, counts }) => ({ hash, counts: [...counts] }));
  await tx.put('leaves', { id: `${id}/${tree}`, at, leaves });
  const { hash, counts } = rootOf(vault.digest, leaves, countNames.length);
  return { hash, counts: [...counts] };
}
