import { type Counts, sumOf } from '../../domain/appeals/counts.ts';
import type { Period } from '../../domain/time/period.ts';
import type { Papers, Sheet } from '../kernel/papers.ts';
import type { Say } from '../kernel/say.ts';
import type { CommunityCounts, Street } from '../kernel/street.ts';
import type { Means } from './figures.ts';
import { periodNames, spokenRange } from './period-words.ts';
import { ratesTexts } from './statistics.ts';
import { percentOf, trendText } from './trend.ts';

/** So many communities stand in the text, those with the most that is late first; the table has them all. */
const communitiesShown = 12;

/** What the street office reads of its communities: numbers beside their names. */
export interface StreetReport {
  readonly text: string;
  /** The same of every community, as a workbook. */
  table(papers: Papers): Promise<string>;
}

type Counted = Required<CommunityCounts>;

/** Counts a period in every community of the street. */
export async function streetReport(street: Street, period: Period, { now, say }: Pick<Means, 'now' | 'say'>): Promise<StreetReport> {
  const communities = await street.counts(period);
  const counted = communities.filter((each): each is Counted => each.counts !== undefined);
  const missing = communities.filter(({ counts }) => counts === undefined);
  const sum = sumOf(counted.map(({ counts }) => counts));
  const { title, before } = periodNames(period, now, say);
  const range = spokenRange(period, now, say);
  const shown = [...counted].sort((a, b) => b.counts.late - a.counts.late || b.counts.received.now - a.counts.received.now);
  const rest = counted.length - communitiesShown;
  const text = say('street.whole', {
    title,
    range,
    communities: counted.length,
    received: sum.received.now,
    receivedTrend: trendText(sum.received, before, say),
    done: sum.done.now,
    doneTrend: trendText(sum.done, before, say),
    open: sum.open,
    late: sum.late,
    ...ratesTexts(sum, before, say),
    partly: sum.rates.partly,
    unrated: sum.rates.unrated,
    lines: shown
      .slice(0, communitiesShown)
      .map((each) => lineOf(each, say))
      .join('\n'),
    more: rest > 0 ? say('street.more', { count: rest }) : '',
    missing: missing.length > 0 ? say('street.missing', { names: missing.map(({ name }) => name).join(say('list.separator')) }) : '',
  });
  return { text, table: (papers) => papers.workbook(say('street.file', { range }), [sheetOf(communities, range, say)]) };
}

function lineOf({ name, counts: { received, done, open, late } }: Counted, say: Say): string {
  return say('street.line', { name, received: received.now, done: done.now, open, late });
}

function sheetOf(communities: readonly CommunityCounts[], title: string, say: Say): Sheet {
  const share = (rate: Counts['rates']['response']) => [percentOf(rate) ?? '', say('statistics.ratio', { count: rate.count, of: rate.of })];
  const numbers = ({ received, done, open, late, rates }: Counts) => [
    received.now,
    received.before,
    done.now,
    done.before,
    open,
    late,
    ...share(rates.response),
    ...share(rates.solved),
    ...share(rates.satisfied),
    rates.partly,
    rates.unrated,
  ];
  const percent = (key: 'response' | 'solved' | 'satisfied') => [
    say('export.percent', { title: say(`statistics.${key}`) }),
    say('export.ratio'),
  ];
  return {
    title,
    head: [
      say('street.community'),
      say('export.received'),
      say('street.before'),
      say('export.resolved'),
      say('street.before'),
      say('street.open'),
      say('street.late'),
      ...percent('response'),
      ...percent('solved'),
      ...percent('satisfied'),
      say('export.partly'),
      say('export.unrated'),
    ],
    rows: communities.map(({ name, counts }) => [name, ...(counts ? numbers(counts) : [say('street.notCounted')])]),
  };
}
