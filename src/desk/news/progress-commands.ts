import { spokenDate } from '../../domain/time/clock-time.ts';
import { recentList } from '../commands/recent-list.ts';
import type { Call, Command } from '../kernel/command.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { limitText } from '../sending/limited.ts';
import type { Delivery } from '../sending/rows.ts';
import { massLines } from './followers.ts';
import { namesOf, progressOf } from './report.ts';
import type { Edition } from './rows.ts';
import { running } from './target.ts';

/** 播报 进度: how the edition that was sent last stands, and whose copies nobody is sure of, by number. */
export const editionProgress: Command = {
  id: 'broadcast.progress',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    const sending = await running(turn);
    const [last] = await turn.tx.find('editions', { state: ['done', 'withdrawn'] }, { by: 'plannedAt', descending: true, limit: 1 });
    const shown = sending.length > 0 ? sending : last ? [last] : [];
    const mass = await massLines(turn);
    if (shown.length + mass.length === 0) throw new UserError(turn.say('broadcast.nothingRunning'));
    const lines: string[] = [];
    for (const edition of shown) lines.push(await stateOf(turn, edition));
    const unsure = await turn.tx.find('deliveries', { kind: 'broadcast', state: 'unsure' }, { by: 'sequence' });
    turn.conversation.listed = { of: 'deliveries', rows: unsure.map(({ id }) => [id]), at: turn.now.toISOString() };
    const rows = await Promise.all(
      unsure.map(async (copy, index) => turn.say('broadcast.unsureLine', { number: index + 1, name: await namesOf(turn, [copy]) })),
    );
    lines.push(...mass);
    const said = { lines: lines.join('\n'), limited: await limitText(turn) };
    return [
      here(
        turn,
        rows.length === 0
          ? turn.say('broadcast.progressPlain', said)
          : turn.say('broadcast.progress', { ...said, unsure: rows.length, rows: rows.join('\n') }),
      ),
    ];
  },
};

/** 播报 补: somebody has looked: it did not arrive, so it is sent once more; of all of them the number is confirmed. */
export const unsureAgain: Command<{ copies: readonly string[] }> = {
  id: 'broadcast.again',
  role: 'worker',
  needs: [],
  accepts: ['row', 'text'],
  async resolve(turn, call) {
    return { copies: (await copiesMeant(turn, call)).map(({ id }) => id) };
  },
  async confirm(turn, _, act) {
    const copies = await unsureOf(turn, act.copies);
    return copies.length > 1 ? turn.say('broadcast.againWarning', { count: copies.length, names: await namesOf(turn, copies) }) : undefined;
  },
  async run(turn, _, act) {
    const copies = await unsureOf(turn, act.copies);
    for (const copy of copies) {
      // An uncertain message may be the one that was being sent: from there on it is said again.
      await turn.tx.put('deliveries', { ...copy, state: 'queued', attempts: 0, notBefore: turn.now.toISOString() });
      const edition = copy.edition === undefined ? undefined : await turn.tx.get('editions', copy.edition);
      if (edition?.state === 'done') await turn.tx.put('editions', { ...edition, state: 'planned' });
    }
    return [here(turn, turn.say('broadcast.sentAgain', { name: await namesOf(turn, copies) }))];
  },
};

/** 播报 算已发: somebody has looked: it arrived. */
export const unsureArrived: Command = {
  id: 'broadcast.arrived',
  role: 'worker',
  needs: [],
  accepts: ['row', 'text'],
  async run(turn, call) {
    const copies = await copiesMeant(turn, call);
    for (const copy of copies) await turn.tx.put('deliveries', { ...copy, state: 'sent' });
    return [here(turn, turn.say('broadcast.countedAsSent', { name: await namesOf(turn, copies) }))];
  },
};

/** The copies of a row of the list, or of all its rows: after a restore there may be as many as there are groups. */
async function copiesMeant(turn: Turn, { row, text }: Call): Promise<Delivery[]> {
  const rows = recentList(turn, 'deliveries');
  const all = turn.content.staffWords.all.includes(text);
  if (!rows || (row === undefined && !all)) throw new UserError(turn.say('broadcast.progressFirst'));
  const meant = row === undefined ? rows : rows.slice(row - 1, row);
  const copies = await unsureOf(
    turn,
    meant.map(([id = '']) => id),
  );
  if (copies.length === 0) throw new UserError(turn.say('broadcast.noSuchRow', { row: row ?? '', count: rows.length }));
  return copies;
}

async function unsureOf({ tx }: Turn, ids: readonly string[]): Promise<Delivery[]> {
  const copies = await Promise.all(ids.map((id) => tx.get('deliveries', id)));
  return copies.flatMap((copy) => (copy?.state === 'unsure' ? [copy] : []));
}

async function stateOf(turn: Turn, edition: Edition): Promise<string> {
  const { sent, open, failed } = await progressOf(turn.tx, edition);
  // Of an edition that is done the ledger is cleared after a while.
  const said = Math.max(sent, edition.result?.sent ?? 0);
  return turn.say('broadcast.state', {
    title: edition.title,
    date: spokenDate(new Date(edition.sendAt ?? edition.plannedAt)),
    state: turn.say(edition.pausedAt === undefined ? `editionState.${edition.state}` : 'editionState.paused'),
    sent: said,
    open: open || '',
    failed: failed.length > 0 ? await namesOf(turn, failed) : '',
  });
}
