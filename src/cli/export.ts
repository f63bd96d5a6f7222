import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import type { Taught } from '../app/tables.ts';
import { readConfig } from '../config.ts';
import { stateFolder } from '../start.ts';
import { openCopy } from '../store/lowdb.ts';

/**
 * `export [--channel wechat|simulator] DIR`: what staff have taught, changed and filled in, as files to be reviewed and moved into
 * intents/ and data/. Reads a copy: the bot may be running.
 */
export async function exportCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { channel: { type: 'string', default: 'wechat' } },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error('export needs a folder to write to');
  const store = await openCopy(stateFolder(readConfig(process.env).STATE_DIR, values.channel));
  const { taught, changes, facts } = await store.transaction(async (tx) => ({
    taught: await tx.find('taught'),
    changes: await tx.find('answerChanges'),
    facts: await tx.find('localFacts'),
  }));
  mkdirSync(folder, { recursive: true });
  const write = (name: string, rows: readonly unknown[]) => {
    if (rows.length > 0) writeFileSync(join(folder, name), stringify(rows));
    process.stdout.write(`${name}: ${rows.length}\n`);
  };
  write('intents.yaml', intentsOf(taught));
  write(
    'answers.yaml',
    changes.map(({ id, lead, stopped }) => ({ id, ...(lead === undefined ? {} : { lead }), ...(stopped ? { stopped } : {}) })),
  );
  write(
    'local.yaml',
    facts.map(({ id, value }) => ({ id, value })),
  );
  await store.close();
}

/** Phrasings by topic, as a file of intents/ has them. */
function intentsOf(taught: readonly Taught[]): unknown[] {
  const topics = [...new Set(taught.map(({ topic }) => topic))].sort();
  return topics.map((topic) => {
    const own = taught.filter((each) => each.topic === topic);
    const facets: Record<string, string[]> = {};
    for (const { facet, text } of own) if (facet !== undefined) facets[facet] = [...(facets[facet] ?? []), text];
    const utterances = own.filter(({ facet }) => facet === undefined).map(({ text }) => text);
    return { id: topic, utterances, ...(Object.keys(facets).length > 0 ? { facets } : {}) };
  });
}
