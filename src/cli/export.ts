import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { loadFiles } from '../adapters/content/load.ts';
import type { Lesson } from '../desk/kernel/content.ts';
import { changedContent, lessons } from '../desk/knowledge/overlay.ts';
import type { Answer, Statement } from '../domain/content/answer.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions, openStoreCopy } from './community.ts';
import { contentFolder } from './understanding.ts';

/**
 * `export [--community ID] DIR`: what staff have taught, rewritten and filled in, in the form of the files of
 * intents/, data/answers/, data/local/ and data/news/, to be reviewed and put in place of what stands there. Reads a copy: the bot may be running.
 */
export async function exportCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: communityOptions,
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error('export needs a folder to write to');
  const { config, community } = chosenCommunity(process.env, values);
  const { content } = loadFiles(contentFolder(config));
  const store = await openStoreCopy(community);
  const { taught, answers, facts, news } = await store.transaction(async (tx) => ({
    taught: await lessons(tx),
    news: (await tx.find('newsItems')).filter(({ removedAt, urgent }) => removedAt === undefined && !urgent),
    ...(await changedContent(content, tx)),
  }));
  await store.close();

  mkdirSync(join(folder, 'news'), { recursive: true });
  const write = (name: string, count: number, value: unknown, body?: string) => {
    const yaml = stringify(value);
    if (count > 0) writeFileSync(join(folder, name), body === undefined ? yaml : `---\n${yaml}---\n${body}\n`);
    process.stdout.write(`${name}: ${count}\n`);
  };
  write('intents.yaml', taught.length, intentsOf(taught));
  write(
    'local.yaml',
    facts.length,
    facts.map(({ id, value }) => ({ id, value })),
  );
  for (const { id, title, category, date, expires, text } of news)
    write(`news/${id}.md`, 1, { title, category, date, ...(expires === undefined ? {} : { expires }) }, text);
  for (const section of new Set(answers.map((answer) => answer.section))) {
    const records = answers.filter((answer) => answer.section === section).map(asFile);
    write(`answers-${section}.yaml`, records.length, { section, answers: records });
  }
}

/** An answer as a file of data/answers/ has it. What staff have confirmed is the office's own word there. */
function asFile({ section: _, stopped: __, confirmed: ___, lead, facets, ...record }: Answer): object {
  const written = ({ text, evidence, law, from, confirmedOn }: Statement) => {
    if (confirmedOn !== undefined) return { text, evidence: 'office' };
    return law ? { text, law } : { text, evidence, ...(from === undefined ? {} : { from }) };
  };
  const sides = Object.entries(facets).map(([facet, statements]) => [facet, statements.map(written)]);
  return { ...record, lead: written(lead), facets: Object.fromEntries(sides) };
}

/** Phrasings by topic, as a file of intents/ has them. */
function intentsOf(taught: readonly Lesson[]): unknown[] {
  const topics = [...new Set(taught.map(({ topic }) => topic))].sort();
  return topics.map((topic) => {
    const own = taught.filter((each) => each.topic === topic);
    const facets: Record<string, string[]> = {};
    for (const { facet, text } of own) if (facet !== undefined) facets[facet] = [...(facets[facet] ?? []), text];
    const utterances = own.filter(({ facet }) => facet === undefined).map(({ text }) => text);
    return { id: topic, utterances, ...(Object.keys(facets).length > 0 ? { facets } : {}) };
  });
}
