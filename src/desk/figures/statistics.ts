import { type Figures, mostOf, type Row } from '../../domain/appeals/tally.ts';
import { spokenTime } from '../../domain/time/clock-time.ts';
import type { Chart } from '../kernel/papers.ts';
import type { Say } from '../kernel/say.ts';
import type { Means, Reported } from './figures.ts';
import { percentOf, rateText, rowText, trendText } from './trend.ts';

const rowsShown = 6;

/** 统计, as text for a screen or two. */
export function statisticsText({ figures, open, late, title, before, range }: Reported, { say }: Means): string {
  const { received, done, rates, categories, places } = figures;
  const list = (heading: string, rows: readonly Row[]) => {
    if (rows.length === 0) return '';
    // Beside nothing at all everything would be "more".
    if (received.before === 0)
      return say('statistics.list', { heading, lines: rows.map((row) => rowText({ ...row, before: row.now }, say)).join('\n') });
    return say('statistics.listBeside', { heading, before, lines: rows.map((row) => rowText(row, say)).join('\n') });
  };
  return say('statistics.whole', {
    title,
    range,
    received: received.now,
    receivedTrend: trendText(received, before, say),
    done: done.now,
    doneTrend: trendText(done, before, say),
    open: open.length,
    late: late.length,
    ...ratesTexts(figures, before, say),
    partly: rates.partly,
    unrated: rates.unrated,
    categories: list(
      say('statistics.byCategory'),
      mostOf(categories, rowsShown, (count) => say('statistics.restCategories', { count })),
    ),
    places: list(
      say('statistics.byPlace'),
      mostOf(places, rowsShown, (count) => say('statistics.restPlaces', { count })),
    ),
  });
}

/** The three rates in words. */
export function ratesTexts({ rates, ratesBefore }: Pick<Figures, 'rates' | 'ratesBefore'>, before: string, say: Say) {
  return {
    response: rateText(rates.response, ratesBefore.response, before, say('statistics.noneDue'), say),
    solved: rateText(rates.solved, ratesBefore.solved, before, say('statistics.noneRated'), say),
    satisfied: rateText(rates.satisfied, ratesBefore.satisfied, before, say('statistics.noneRated'), say),
  };
}

/** 统计, as a picture. */
export function statisticsChart({ figures, open, late, title, before, range }: Reported, { say, content, now }: Means): Chart {
  const { received, done, rates, ratesBefore, categories, places } = figures;
  const rate = (key: 'response' | 'solved' | 'satisfied', none: string) => {
    const { of, count } = rates[key];
    const then = percentOf(ratesBefore[key]);
    return {
      title: say(`statistics.${key}`),
      share: of === 0 ? undefined : count / of,
      text: of === 0 ? none : say('statistics.ratio', { count, of }),
      note: then === undefined ? '' : say('statistics.rateBefore', { before, percent: then }),
    };
  };
  const bars = (heading: string, rows: readonly Row[]) => ({
    title: heading,
    rows: rows.map((row) => ({ title: row.title, count: row.now, before: row.before })),
  });
  return {
    title: say('statistics.chartTitle', { community: content.community.name, title }),
    subtitle: say('statistics.chartSubtitle', {
      range,
      received: received.now,
      receivedTrend: trendText(received, before, say),
      done: done.now,
      doneTrend: trendText(done, before, say),
    }),
    rates: [
      rate('response', say('statistics.noneDue')),
      rate('solved', say('statistics.noneRated')),
      rate('satisfied', say('statistics.noneRated')),
    ],
    bars: [
      bars(
        say('statistics.byCategory'),
        mostOf(categories, rowsShown, (count) => say('statistics.restCategories', { count })),
      ),
      bars(
        say('statistics.byPlace'),
        mostOf(places, rowsShown, (count) => say('statistics.restPlaces', { count })),
      ),
    ],
    ...(received.before === 0 ? {} : { legend: [title, before] as const }),
    footer: say('statistics.chartFooter', { open: open.length, late: late.length, at: spokenTime(now) }),
  };
}
