import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { chinese } from '../adapters/language/language.ts';
import { systemClock } from '../adapters/system/system.ts';
import { likeliestAct } from '../domain/understanding/acts.ts';
import type { Looked } from './ask.ts';
import { asker } from './ask.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions } from './community.ts';
import { readContent } from './desk.ts';
import { engineAsker } from './engine.ts';
import type { Case, Measured } from './evaluation/case.ts';
import { type DuplicatesReport, measureDuplicates, type Offer, readEvents } from './evaluation/duplicates.ts';
import { readJsonLines } from './evaluation/lines.ts';
import { measure, type Report } from './evaluation/measure.ts';
import { mistyped } from './evaluation/mistyped.ts';

const caseSchema = z.object({
  text: z.string(),
  /** Of a letter; it is read before the text. */
  title: z.string().optional(),
  topic: z.string().nullish(),
  facet: z.string().nullish(),
  alt: z.array(z.string().nullable()).optional(),
  danger: z.boolean().optional(),
  kind: z.string().optional(),
  act: z.string().optional(),
  matters: z.union([z.array(z.string()), z.number().int()]).optional(),
});

/**
 * `evaluate [--community ID] [--json] [--group] [--mistyped] [--content DIR] FILE`: how well it understands, by the definitions of docs/evaluation.md. FILE is a .jsonl of
 * messages, or a .txt of messages none of which concerns the bot; `--acts FILE` measures acts as well. `--mistyped` exchanges some characters for others of
 * the same sound before. `--duplicates FILE` measures by
 * itself whether those who report the same are brought together.
 */
export async function evaluate(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...communityOptions,
      json: { type: 'boolean' },
      group: { type: 'boolean' },
      content: { type: 'string' },
      acts: { type: 'string' },
      duplicates: { type: 'string' },
      mistyped: { type: 'boolean' },
    },
  });
  if (values.duplicates !== undefined) {
    const content = readContent(chosenCommunity(process.env, values).config).current();
    const report = measureDuplicates(readEvents(values.duplicates), content, systemClock.now());
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 1)}\n` : describeDuplicates(report));
    return;
  }
  const files = [...positionals.slice(0, 1), ...(values.acts === undefined ? [] : [values.acts])];
  if (files.length === 0) throw new Error('evaluate needs a file: lines of {"text","topic","facet"?,"alt"?}');
  const cases = files.flatMap((file) => (file.endsWith('.txt') ? readLines(file) : readCases(file)));
  const { config } = chosenCommunity(process.env, values);
  const group = values.group === true;
  const one = values.content === undefined ? asker(readContent(config), group) : engineAsker(values.content, config, group);
  const texts = cases.map(({ text }) => text);
  const asked = values.mistyped === true ? mistyped(texts, chinese([])) : texts;
  const measured: Measured[] = [];
  for (const [number, each] of cases.entries()) measured.push(measuredOf(each, await one(asked[number] ?? each.text)));
  const report = measure(measured);
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 1)}\n` : describeReport(report));
}

/** A message and what became of it. */
export function measuredOf(
  each: Case,
  { decision, topic, facet, candidates, choices, danger, read, unheard, explained }: Looked,
): Measured {
  const { act, danger: believed } = explained;
  return {
    ...each,
    decision,
    said: topic,
    saidFacet: facet,
    candidates,
    choices,
    seen: danger,
    belief: believed?.belief ?? -9,
    saidAct: act ? likeliestAct(act) : undefined,
    read,
    unheard,
  };
}

/** A file of messages, one a line, none of which concerns the bot. */
function readLines(file: string): Case[] {
  const texts = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  return texts.filter((text) => text !== '').map((text) => ({ text, topic: null, facet: null, alt: [] }));
}

/** The lines of an evaluation file. @throws Error naming the line that is not one */
export function readCases(file: string): Case[] {
  return readJsonLines(file, caseSchema, 'a line of an evaluation').map(
    ({ title, text, topic, facet, alt, danger, kind, act, matters }) => ({
      text: title === undefined ? text : `${title}\n${text}`,
      topic,
      facet: facet ?? null,
      alt: alt ?? [],
      ...(danger === undefined ? {} : { danger }),
      ...(kind === undefined ? {} : { kind }),
      ...(act === undefined ? {} : { act }),
      ...(matters === undefined ? {} : { matters }),
    }),
  );
}

function describeReport(report: Report): string {
  const { misses, facetMisses, calibration, confusions, topics, decisions, danger, acts, matters, ...figures } = report;
  const lines = Object.entries(figures).map(
    ([name, value]) => `${name.padEnd(28)} ${typeof value === 'number' ? Number(value.toFixed(4)) : value}`,
  );
  const weak = Object.entries(topics).filter(([, recall]) => recall < 0.75);
  return [
    ...lines,
    '',
    `weak topics: ${weak.map(([topic, recall]) => `${topic} ${recall.toFixed(2)}`).join(', ') || 'none'}`,
    '',
    'calibration (best score: how many, their mean score, how many of them right):',
    ...calibration.map(
      ({ from, count, right, meanScore }) =>
        `  ${from.toFixed(1)}–${(from + 0.1).toFixed(1)}  ${String(count).padStart(5)}  ${meanScore.toFixed(2)}  ${right.toFixed(2)}`,
    ),
    '',
    `decisions: ${Object.entries(decisions)
      .map(([kind, value]) => `${kind} ${value.toFixed(3)}`)
      .join('  ')}`,
    ...describeDanger(danger),
    ...describeActs(acts),
    ...describeMatters(matters),
    '',
    'confusions:',
    ...confusions.slice(0, 30).map(({ wanted, got, count }) => `  ${count}× ${wanted} → ${got}`),
    '',
    'facets missed:',
    ...facetMisses.map(({ text, topic, wanted, got }) => `  ${got ?? 'none'} instead of ${wanted} (${topic}): ${text}`),
    '',
    'misses:',
    ...misses.map(
      ({ text, wanted, got, decision, score }) =>
        `  ${decision} ${got ?? '-'} (${score.toFixed(2)}) instead of ${wanted ?? 'nothing'}: ${text}`,
    ),
    '',
  ].join('\n');
}

function describeDanger(report: Report['danger']): string[] {
  if (!report) return [];
  const { dangers, cards, questions, kinds, others, falseCards, falseQuestions, curve } = report;
  return [
    '',
    `danger: of ${dangers} dangers ${percent(cards)} got a card, ${percent(questions)} a question; of ${others} others ${percent(falseCards)} and ${percent(falseQuestions)}`,
    ...Object.entries(kinds).map(
      ([kind, { count, heard, rightKind }]) =>
        `  ${kind.padEnd(16)} ${String(count).padStart(4)}  heard ${percent(heard)}, as that kind ${percent(rightKind)}`,
    ),
    'belief from (log-odds): heard, false calls in 10,000',
    ...curve.map(
      ({ from, heard, falseIn10000 }) =>
        `  ${from.toFixed(1).padStart(5)}  ${percent(heard).padStart(7)}  ${String(falseIn10000).padStart(5)}`,
    ),
  ];
}

function describeMatters(report: Report['matters']): string[] {
  if (!report) return [];
  const { count, complete, kept, notPassedOver, messages, whole } = report;
  return [
    '',
    `matters: of ${count} in ${messages} messages ${percent(complete)} were heard, ${percent(kept)} with those that stand in another one's case, ${percent(notPassedOver)} with those plainly said not to be; of the messages all of ${percent(whole)}`,
  ];
}

function describeActs(report: Report['acts']): string[] {
  if (!report) return [];
  const { count, right, recall, misses } = report;
  return [
    '',
    `acts: ${percent(right)} of ${count} right`,
    ...Object.entries(recall).map(([act, value]) => `  ${act.padEnd(16)} ${percent(value)}`),
    ...misses.map(({ text, wanted, got }) => `  ${got} instead of ${wanted}: ${text}`),
  ];
}

function describeDuplicates({ wrong, missed, reports, others, ...shares }: DuplicatesReport): string {
  const line = ({ event, text, joins }: Offer) => `  ${event}: ${text}${joins === null ? '' : ` → ${joins}`}`;
  return [
    `reports: of ${reports} ${percent(shares.offeredRight)} were asked to join one of the same event, ${percent(shares.offeredWrong)} one of another;`,
    `  of ${percent(shares.shownRight)} only staff were shown one, of ${percent(shares.nothing)} nobody`,
    `others: of ${others} ${percent(shares.othersOffered)} were asked to join one`,
    '',
    'wrongly asked:',
    ...wrong.map(line),
    '',
    'not asked:',
    ...missed.filter(({ became }) => became !== 'wrong').map((each) => `${line(each)} (${each.became})`),
    '',
  ].join('\n');
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
