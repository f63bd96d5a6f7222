import { writtenDate } from '../../domain/time/clock-time.ts';
import { inSpan, type Period } from '../../domain/time/period.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { nameInPaper } from '../appeals/letter-pages.ts';
import { stateTitle } from '../appeals/moves.ts';
import { wantsOriginal } from '../appeals/papers.ts';
import type { Appeal } from '../appeals/rows.ts';
import { noteAct } from '../kernel/audit.ts';
import type { Command } from '../kernel/command.ts';
import type { Page } from '../kernel/papers.ts';
import type { Person } from '../kernel/rows.ts';
import { here, privately, type Turn, UserError } from '../kernel/turn.ts';
import { withPaper } from '../kernel/with-paper.ts';
import { openedOriginals } from '../privacy/privacy.ts';
import { ratingText, timeCell } from './export.ts';
import { appealsSince } from './history.ts';
import { spokenRange } from './period-words.ts';

/** Of each column how wide it is, in percent. */
const widths = [4, 13, 8, 13, 22, 16, 15, 9];

/**
 * 台账: the cases of a period as a Word file, who, what, where, when and with which result, one a line. Names are masked and cases about the
 * staff left out, unless a director asks for 原文: that is noted.
 */
export const ledgerOf: Command = {
  id: 'ledger',
  role: 'worker',
  needs: ['period'],
  async run(turn, { period, text }) {
    if (!period) return [];
    const whole = wantsOriginal(turn, text);
    if (!whole && text !== '') throw new UserError(turn.say('period.which'));
    const { papers } = turn;
    if (!papers) throw new UserError(turn.say('paper.none'));
    const { page, count, hidden } = await ledger(turn, period, whole);
    const values = { range: spokenRange(period, turn.now, turn.say), count };
    if (!whole) {
      const words = turn.say('ledger.done', { ...values, hidden: hidden === 0 ? '' : turn.say('export.hidden', { count: hidden }) });
      return [privately(turn, ...(await withPaper(turn, words, () => papers.word(page.title, page))))];
    }
    await noteAct(turn, 'ledger.originals', true);
    const file = await papers.word(page.title, page);
    return [{ ...here(turn, turn.vault.seal(turn.say('ledger.doneOriginals', values)), file), sealed: true }];
  },
};

async function ledger(turn: Turn, period: Period, whole: boolean): Promise<{ page: Page; count: number; hidden: number }> {
  const { tx, now, say, content } = turn;
  const told = (await appealsSince(tx, period.from, now)).filter(({ createdAt }) => inSpan(createdAt, period));
  const shown = told.filter(({ category }) => whole || !content.categories.get(category)?.discreet);
  const names = new Map((await tx.find('people')).map((person) => [person.id, person]));
  const originals = whole ? await openedOriginals(turn) : undefined;
  const rows = await Promise.all(shown.map((appeal, index) => row(turn, appeal, { index, names, originals })));
  const head = (['order', 'when', 'who', 'where', 'what', 'how', 'result', 'rating'] as const).map((column) => say(`ledger.${column}`));
  const page = {
    title: say('ledger.title', { community: content.community.name, range: spokenRange(period, now, say) }),
    blocks: [{ head, rows, widths }],
    signLines: [say('ledger.signed')],
    signature: [writtenDate(now)],
    lying: true,
  };
  return { page, count: shown.length, hidden: told.length - shown.length };
}

interface Look {
  readonly index: number;
  readonly names: ReadonlyMap<string, Person>;
  /** What was typed, by number, where the numbers are not masked. */
  readonly originals: ReadonlyMap<string, string> | undefined;
}

async function row(turn: Turn, appeal: Appeal, { index, names, originals }: Look): Promise<string[]> {
  const { say, content } = turn;
  const { id, createdAt, place = '', what, kind, category, handler = '', referredTo, state, result, ratings } = appeal;
  const referred = referredTo === undefined ? '' : say('ledger.referred', { to: referredTo });
  return [
    String(index + 1),
    `${timeCell(createdAt)}\n${id}`,
    await nameInPaper(appeal, turn, originals !== undefined),
    oneLine(place),
    `${kind}·${content.titles.get(category) ?? category}\n${oneLine(originals?.get(id) ?? what)}`,
    [names.get(handler)?.name ?? '', referred].filter((part) => part !== '').join('\n'),
    result === undefined ? stateTitle(state, say) : `${stateTitle(state, say)}\n${result}`,
    ratings.map((each) => ratingText(each, { say })).join('\n'),
  ];
}
