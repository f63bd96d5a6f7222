import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate } from '../../domain/appeals/appeal-clock.ts';
import type { Counts } from '../../domain/appeals/counts.ts';
import { figuresOf } from '../../domain/appeals/tally.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { type Period, weekAgo } from '../../domain/time/period.ts';
import { lastDaysMeant } from '../commands/arguments.ts';
import type { Chore } from '../kernel/chore.ts';
import type { Command } from '../kernel/command.ts';
import type { App } from '../kernel/desk.ts';
import { toDirectors } from '../kernel/staff.ts';
import { privately, UserError } from '../kernel/turn.ts';
import { withPaper } from '../kernel/with-paper.ts';
import { queue } from '../sending/deliveries.ts';
import { appealsSince } from './history.ts';
import { streetReport } from './street-report.ts';

/** On Monday morning the street's directors hear of the week before. */
const morningHour = 9;

/** The numbers of this desk, as the street office may see them. It reads the store of this community and no other. */
export function countsOf({ store, clock }: Pick<App, 'store' | 'clock'>, period: Period): Promise<Counts> {
  return store.transaction(async (tx) => {
    const now = clock.now();
    const all = await appealsSince(tx, period.before.from, now);
    const untitled = () => '';
    const { received, done, rates, ratesBefore } = figuresOf(all, period, { category: untitled, place: untitled });
    const open = all.filter(({ state }) => openStates.includes(state));
    return { received, done, rates, ratesBefore, open: open.length, late: open.filter((appeal) => isLate(appeal, now)).length };
  });
}

/** 统计 街道: the numbers of every community of the street, at the street office's own desk. */
export const streetStatistics: Command = {
  id: 'statistics.street',
  role: 'director',
  needs: [],
  accepts: ['period'],
  when: ({ street }) => street !== undefined,
  async run(turn, { period = lastDaysMeant(turn), text }) {
    if (!turn.street) throw new UserError(turn.say('street.notHere'));
    if (text !== '') throw new UserError(turn.say('period.which'));
    const report = await streetReport(turn.street, period, turn);
    return [privately(turn, ...(await withPaper(turn, report.text, report.table)))];
  },
};

/** Every Monday the directors of a street office get the numbers of the week before. */
export const streetWeekly: Chore = {
  id: 'streetWeekly',
  every: 'week',
  when({ street }, now) {
    const { hour, weekday } = inShanghai(now);
    return street !== undefined && weekday === 1 && hour >= morningHour;
  },
  async run({ street, papers, say, ids }, now, tx) {
    if (!street) return;
    const { text, table } = await streetReport(street, weekAgo(1, now), { now, say });
    // A report without its table is better than none.
    const file = papers && (await table(papers).catch(() => undefined));
    for (const reply of await toDirectors(tx, text)) await queue(tx, ids, now, { ...reply, ...(file === undefined ? {} : { file }) });
  },
};
