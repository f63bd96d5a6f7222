import { type Period, weekAgo } from '../../domain/time/period.ts';
import { wantsOriginal } from '../appeals/papers.ts';
import { lastDaysMeant } from '../commands/arguments.ts';
import { noteAct } from '../kernel/audit.ts';
import type { Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { may } from '../kernel/staff.ts';
import { here, privately, type Turn, UserError } from '../kernel/turn.ts';
import { withPaper } from '../kernel/with-paper.ts';
import { openedOriginals } from '../privacy/privacy.ts';
import { exported } from './export.ts';
import { reportOn } from './figures.ts';
import { sentDespite } from './last-looks.ts';
import { statisticsChart, statisticsText } from './statistics.ts';
import { weeklyReport } from './weekly-report.ts';

/** 统计: what came in and was done, the three rates, by category and place, beside the period before; in words and as a picture. */
export const statisticsOf: Command = {
  id: 'statistics',
  role: 'worker',
  needs: [],
  accepts: ['period'],
  open: true,
  async run(turn, { period = lastDaysMeant(turn), text }) {
    // What a group reads everybody on the staff reads.
    const alone = may(turn.person, 'director') && !turn.room;
    const reported = await reportOn(turn, readable(turn, period, text), alone);
    const despite = alone ? await sentDespite(turn, reported) : '';
    const words = [statisticsText(reported, turn), despite].filter((part) => part !== '').join('\n\n');
    return [here(turn, ...(await withPaper(turn, words, (papers) => papers.chart(statisticsChart(reported, turn)))))];
  },
};

/** 导出: the appeals of a period as a workbook, for whoever asked alone. */
export const exportOf: Command = {
  id: 'export',
  role: 'worker',
  needs: ['period'],
  async run(turn, { period, text }) {
    if (!period) return [];
    if (wantsOriginal(turn, text)) return exportOriginals(turn, period);
    if (!turn.papers) throw new UserError(turn.say('paper.none'));
    const reported = await reportOn(turn, readable(turn, period, text), may(turn.person, 'director'));
    const { sheets, count, hidden } = await exported(reported, turn.person, turn);
    const { range } = reported;
    const name = turn.say('export.file', { range });
    const words = turn.say('export.done', { range, count, hidden: hidden === 0 ? '' : turn.say('export.hidden', { count: hidden }) });
    const told = privately(turn, ...(await withPaper(turn, words, (papers) => papers.workbook(name, sheets))));
    // Never into a group: who cannot be reached gets it with their next private word.
    return turn.room && !turn.person.reachable
      ? [told, here(turn, turn.say('export.waits', { bot: turn.content.community.botName }))]
      : [told];
  },
};

/** The same with the numbers that were masked: for a director, sealed on its way, removed when it was sent, and noted. */
async function exportOriginals(turn: Turn, period: Period): Promise<Reply[]> {
  if (!turn.papers) throw new UserError(turn.say('paper.none'));
  const reported = await reportOn(turn, period, true);
  const { sheets, count } = await exported(reported, turn.person, turn, await openedOriginals(turn));
  const file = await turn.papers.workbook(turn.say('export.file', { range: reported.range }), sheets);
  await noteAct(turn, 'export.originals', true);
  const words = turn.say('export.doneOriginals', { range: reported.range, count });
  return [{ ...here(turn, turn.vault.seal(words), file), sealed: true }];
}

/** 周报: the report to the street office on the last full week, or another period, in words and as a page to print. */
export const reportOf: Command = {
  id: 'report',
  role: 'worker',
  needs: [],
  accepts: ['period'],
  open: true,
  async run(turn, { period = weekAgo(1, turn.now), text }) {
    const { text: words, page } = await weeklyReport(await reportOn(turn, readable(turn, period, text), false), turn);
    const printed = here(turn, ...(await withPaper(turn, words, (papers) => papers.page(page.title, page))));
    // The same once more, to be changed: a report without it is better than none.
    const file = await turn.papers?.word(page.title, page).catch(() => undefined);
    return file === undefined ? [printed] : [printed, here(turn, turn.say('paper.word'), file)];
  },
};

/** The period that was meant. @throws UserError when something else was written besides or instead */
function readable(turn: Turn, period: Period, left: string): Period {
  if (left !== '') throw new UserError(turn.say('period.which'));
  return period;
}
