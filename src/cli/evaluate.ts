import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { asker } from './ask.ts';
import { readConfig } from './config.ts';
import { readContent } from './desk.ts';
import { engineAsker } from './engine.ts';
import { type Case, type Measured, measure, type Report } from './evaluation/measure.ts';

const caseSchema = z.object({
  text: z.string(),
  topic: z.string().nullable(),
  facet: z.string().nullish(),
  alt: z.array(z.string().nullable()).optional(),
});

/** `evaluate [--json] [--group] [--content DIR] FILE.jsonl`: how well it understands, by the definitions of docs/evaluation.md. */
export async function evaluate(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, group: { type: 'boolean' }, content: { type: 'string' } },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('evaluate needs a file: lines of {"text","topic","facet"?,"alt"?}');
  const cases = readCases(file);
  const config = readConfig(process.env);
  const group = values.group === true;
  const one = values.content === undefined ? asker(readContent(config), group) : engineAsker(values.content, config, group);
  const measured: Measured[] = [];
  for (const each of cases) {
    const { decision, topic, facet, candidates, choices } = await one(each.text);
    measured.push({ ...each, decision, said: topic, saidFacet: facet, candidates, choices });
  }
  const report = measure(measured);
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 1)}\n` : describeReport(report));
}

/** The lines of an evaluation file. @throws Error naming the line that is not one */
export function readCases(file: string): Case[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        const { text, topic, facet, alt } = caseSchema.parse(JSON.parse(line));
        return [{ text, topic, facet: facet ?? null, alt: alt ?? [] }];
      } catch (error) {
        throw new Error(`${file}:${index + 1} is not a line of an evaluation: ${(error as Error).message}`);
      }
    });
}

function describeReport(report: Report): string {
  const { misses, facetMisses, calibration, confusions, topics, ...figures } = report;
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
