import type { Rate } from '../../domain/appeals/rates.ts';
import { clockTime, inShanghai } from '../../domain/time/clock-time.ts';
import { inSpan } from '../../domain/time/period.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { byTheClock, reporterName, stateTitle } from '../appeals/moves.ts';
import type { Appeal, AppealStep, Rating } from '../appeals/rows.ts';
import { maySee } from '../appeals/staff.ts';
import type { Sheet } from '../kernel/papers.ts';
import type { Person } from '../kernel/rows.ts';
import type { PlainKey } from '../kernel/say.ts';
import { may } from '../kernel/staff.ts';
import type { Means, Reported } from './figures.ts';
import { percentOf } from './trend.ts';

/** An export: its sheets, how many appeals they hold, and how many were left out because only directors see them. */
export interface Export {
  readonly sheets: readonly Sheet[];
  readonly count: number;
  readonly hidden: number;
}

type Cell = string | number;
type Column = readonly [head: PlainKey, of: (appeal: Appeal, look: Look) => Cell];

/** What is looked up besides an appeal itself. */
interface Look extends Means {
  readonly names: ReadonlyMap<string, Person>;
}

const columns: readonly Column[] = [
  ['export.number', ({ id }) => id],
  ['export.at', ({ createdAt }) => timeCell(createdAt)],
  ['export.kind', ({ kind }) => kind],
  ['export.category', ({ category }, { content }) => content.titles.get(category) ?? category],
  ['export.place', ({ place = '' }) => oneLine(place)],
  ['export.what', ({ what }) => oneLine(what)],
  ['export.state', ({ state }, { say }) => stateTitle(state, say)],
  ['export.handler', ({ handler = '' }, { names }) => names.get(handler)?.name ?? ''],
  ['export.due', ({ answerBy }) => timeCell(answerBy)],
  ['export.firstWord', ({ firstWordAt }) => timeCell(firstWordAt)],
  ['export.result', ({ result = '' }) => result],
  ['export.ratings', ({ ratings }, look) => ratings.map((each) => ratingText(each, look)).join(look.say('list.separator'))],
  ['export.voices', ({ followers }) => followers.length + 1],
  ['export.urges', ({ urges = 0 }) => urges],
];

/**
 * The appeals of a period, its figures and every step, as sheets. Numbers that are somebody's own are masked since they were stored; names
 * of residents are told to directors only, and nobody's who wanted to stay unnamed. `originals`, by the number of the appeal, get a
 * column of their own.
 */
export async function exported(reported: Reported, reader: Person, means: Means, originals?: ReadonlyMap<string, string>): Promise<Export> {
  const { say, tx, content } = means;
  const told = reported.all.filter(({ createdAt }) => inSpan(createdAt, reported.period));
  const seen = told.filter((appeal) => maySee(reader, appeal, content.categories));
  const look: Look = { ...means, names: new Map((await tx.find('people')).map((person) => [person.id, person])) };
  const names = may(reader, 'director') ? await Promise.all(seen.map((appeal) => reporterName(appeal, means))) : undefined;
  const appeals: Sheet = {
    title: say('export.appeals'),
    head: [...columns.map(([head]) => say(head)), ...(names ? [say('export.name')] : []), ...(originals ? [say('export.original')] : [])],
    rows: seen.map((appeal, index) => [
      ...columns.map(([, of]) => of(appeal, look)),
      ...(names ? [oneLine(names[index] ?? '')] : []),
      ...(originals ? [oneLine(originals.get(appeal.id) ?? '')] : []),
    ]),
  };
  return {
    sheets: [appeals, figuresSheet(reported, means), stepsSheet(seen, look)],
    count: seen.length,
    hidden: told.length - seen.length,
  };
}

function figuresSheet({ figures, title, before }: Reported, { say }: Means): Sheet {
  const { received, done, rates, ratesBefore, categories, places } = figures;
  const rate = (name: string, now: Rate, then: Rate) => [
    name,
    percentOf(now) ?? '',
    percentOf(then) ?? '',
    say('statistics.ratio', { count: now.count, of: now.of }),
  ];
  const row = (name: string, change: { now: number; before: number }) => [name, change.now, change.before, ''];
  return {
    title: say('export.figures'),
    head: [say('export.figure'), title, before, say('export.ratio')],
    rows: [
      row(say('export.received'), received),
      row(say('export.resolved'), done),
      rate(say('export.percent', { title: say('statistics.response') }), rates.response, ratesBefore.response),
      rate(say('export.percent', { title: say('statistics.solved') }), rates.solved, ratesBefore.solved),
      rate(say('export.percent', { title: say('statistics.satisfied') }), rates.satisfied, ratesBefore.satisfied),
      row(say('export.partly'), { now: rates.partly, before: ratesBefore.partly }),
      row(say('export.unrated'), { now: rates.unrated, before: ratesBefore.unrated }),
      ...categories.map((each) => row(say('export.ofCategory', { title: each.title }), each)),
      ...places.map((each) => row(say('export.ofPlace', { title: each.title }), each)),
    ],
  };
}

function stepsSheet(appeals: readonly Appeal[], look: Look): Sheet {
  const { say } = look;
  return {
    title: say('export.steps'),
    head: [say('export.number'), say('export.at'), say('export.actor'), say('export.move'), say('export.state'), say('export.text')],
    rows: appeals.flatMap((appeal) =>
      appeal.history.map((step) => [
        appeal.id,
        timeCell(step.at),
        actorOf(step, appeal, look),
        say(`move.${step.move}`),
        stateTitle(step.to, say),
        oneLine(step.text ?? ''),
      ]),
    ),
  };
}

/** Staff by their names, residents as such: whose appeal it is stands in the first sheet, where it may. */
function actorOf({ actor }: AppealStep, { person, followers }: Appeal, { say, names }: Look): string {
  if (actor === byTheClock) return say('audit.clock');
  const known = names.get(actor);
  const resident = known?.role === undefined && (actor === person || followers.some((each) => each.person === actor));
  return resident ? say('audit.resident') : (known?.name ?? say('audit.resident'));
}

export function ratingText({ solved, satisfied }: Rating, { say }: Pick<Look, 'say'>): string {
  return satisfied === undefined ? say(`rating.${solved}`) : `${say(`rating.${solved}`)}·${say(`rating.${satisfied}Satisfied`)}`;
}

/** "2026-11-23 10:05" in Shanghai: read by people, and sorted rightly as text. */
export function timeCell(at: string | undefined): string {
  if (at === undefined) return '';
  const told = inShanghai(new Date(at));
  return `${told.date} ${clockTime(told)}`;
}
