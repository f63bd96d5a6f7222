import { mostOf } from '../../domain/appeals/tally.ts';
import { spokenDay, spokenTime, writtenDate } from '../../domain/time/clock-time.ts';
import { inSpan, type Span } from '../../domain/time/period.ts';
import { buildingOf } from '../../domain/words/place.ts';
import type { Appeal } from '../appeals/rows.ts';
import type { Page } from '../kernel/papers.ts';
import { placesOf } from '../kernel/places.ts';
import { unansweredGroups } from '../knowledge/unanswered.ts';
import type { Means, Reported } from './figures.ts';
import { ratesTexts } from './statistics.ts';
import { trendText } from './trend.ts';

const categoriesShown = 6;
/** In the text; the page has them all. */
const lateShown = 5;
/** A building that came up so often in the period, as for the notice to staff. */
const hotspotFrom = 3;
/** A question that was asked so often is nobody's own. */
const askedFrom = 3;
const questionsShown = 5;

/** The report to the street office: what came in, what was done, what is late and why. Nobody can be known by it. */
export interface WeeklyReport {
  /** To be read on the phone. */
  readonly text: string;
  /** To be printed and handed on. */
  readonly page: Page;
}

/** Writes the report on a period. What only directors see is counted in it and told nowhere. */
export async function weeklyReport(reported: Reported, means: Means): Promise<WeeklyReport> {
  const { say, content, now } = means;
  const { figures, open, before, range, period } = reported;
  const { received, done } = figures;
  const discreet = ({ category }: Appeal) => content.categories.get(category)?.discreet === true;
  const late = reported.late.filter((appeal) => !discreet(appeal));
  const values = {
    community: content.community.name,
    range,
    received: received.now,
    receivedTrend: trendText(received, before, say),
    categories: categoriesText(reported, means),
    done: done.now,
    doneTrend: trendText(done, before, say),
    referred: stepped(reported.all, 'refer', period),
    declined: stepped(reported.all, 'decline', period),
    open: open.length,
    late: reported.late.length,
    ...ratesTexts(figures, before, say),
    partly: figures.rates.partly,
    unrated: figures.rates.unrated,
    at: spokenTime(now),
  };
  const hotspots = hotspotLines(
    reported.all.filter((appeal) => appeal.state !== 'withdrawn' && inSpan(appeal.createdAt, period) && !discreet(appeal)),
    means,
  );
  const questions = await questionLines(period, means);
  const rows = late.map((appeal) => lateRow(appeal, means));
  const lines = (all: readonly string[]) => all.join('\n');
  const paragraph = (text: string) => ({ paragraph: text });
  return {
    text: say('report.text', {
      ...values,
      lateLines: lines(
        rows
          .slice(0, lateShown)
          .map(([number = '', category = '', , due = '', why = '']) => say('report.late', { number, category, due, why })),
      ),
      more: rows.length > lateShown ? say('report.more', { count: rows.length - lateShown }) : '',
      hotspots: hotspots.length === 0 ? '' : say('report.hotspots', { lines: lines(hotspots) }),
      questions: questions.length === 0 ? '' : say('report.questions', { lines: lines(questions) }),
    }),
    page: {
      title: say('report.title', values),
      blocks: [
        paragraph(say('report.intro', values)),
        { heading: say('report.cameHeading') },
        paragraph(say('report.came', values)),
        { heading: say('report.doneHeading') },
        paragraph(say('report.done', values)),
        { heading: say('report.lateHeading') },
        paragraph(say('report.open', values)),
        ...(rows.length === 0 ? [] : [{ head: lateHead(means), rows }]),
        { heading: say('report.ratesHeading') },
        paragraph(say('report.rates', values)),
        { heading: say('report.hotspotsHeading') },
        paragraph(lines(hotspots) || say('report.noHotspots')),
        { heading: say('report.questionsHeading') },
        paragraph(lines(questions) || say('report.noQuestions')),
      ],
      signLines: [say('report.signed')],
      signature: [say('report.signature', values), writtenDate(now)],
    },
  };
}

function categoriesText({ figures }: Reported, { say }: Means): string {
  const told = figures.categories.filter(({ now }) => now > 0);
  return mostOf(told, categoriesShown, (count) => say('statistics.restCategories', { count }))
    .map(({ title, now: count }) => say('record.category', { title, count }))
    .join(say('report.titleSeparator'));
}

/** How many appeals had such a step in a span. */
function stepped(appeals: readonly Appeal[], move: 'refer' | 'decline', span: Span): number {
  return appeals.filter(({ history }) => history.some((step) => step.move === move && inSpan(step.at, span))).length;
}

function lateHead({ say }: Means): string[] {
  return [say('export.number'), say('export.category'), say('report.building'), say('export.due'), say('report.why')];
}

function lateRow(appeal: Appeal, { say, content }: Means): string[] {
  return [
    appeal.id,
    content.titles.get(appeal.category) ?? appeal.category,
    (appeal.place === undefined ? undefined : buildingOf(appeal.place, placesOf(content))) ?? '',
    appeal.answerBy === undefined ? '' : spokenDay(new Date(appeal.answerBy)),
    whyLate(appeal, say),
  ];
}

/** Why it is not done yet, as far as its state tells. */
function whyLate({ state, referredTo = '', handler, extended }: Appeal, say: Means['say']): string {
  const unassigned = handler === undefined ? 'report.whyUnassigned' : 'report.whyInProgress';
  const why =
    state === 'referred'
      ? say('report.whyReferred', { to: referredTo })
      : say(state === 'registered' ? 'report.whyRegistered' : unassigned);
  return extended ? why + say('report.extended') : why;
}

/** "3栋 4 件：漏水、堵管、管道爆裂、噪音扰民" */
function hotspotLines(appeals: readonly Appeal[], { say, content }: Means): string[] {
  const byBuilding = new Map<string, Appeal[]>();
  for (const appeal of appeals) {
    const building = appeal.place === undefined ? undefined : buildingOf(appeal.place, placesOf(content));
    if (building !== undefined) byBuilding.set(building, [...(byBuilding.get(building) ?? []), appeal]);
  }
  return [...byBuilding]
    .filter(([, there]) => there.length >= hotspotFrom)
    .sort((a, b) => b[1].length - a[1].length)
    .map(([building, there]) => {
      const titles = [...new Set(there.map(({ category }) => content.titles.get(category) ?? category))];
      return say('report.hotspot', { building, count: there.length, titles: titles.join(say('report.titleSeparator')) });
    });
}

async function questionLines({ from }: Span, { tx, say }: Means): Promise<string[]> {
  const often = (await unansweredGroups(tx, from)).filter(({ count }) => count >= askedFrom);
  return often.slice(0, questionsShown).map(({ text, count }) => say('report.question', { text, count }));
}
