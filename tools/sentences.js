// @ts-check
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';

/** Where the sentences stand, and the list of them that the compiler reads. Both below the project's folder. */
const wordingFolder = 'data/wording';
const sentencesFile = 'src/desk/kernel/sentences.ts';

/**
 * The list of the sentences of `root`: each key with the placeholders of its words.
 * @param {string} root
 * @returns undefined where a file of data/wording/ is no YAML: the content check says which, and where
 */
function listSentences(root) {
  const lines = [];
  try {
    for (const name of readdirSync(join(root, wordingFolder)).sort()) {
      if (!name.endsWith('.yaml')) continue;
      const tree = parse(readFileSync(join(root, wordingFolder, name), 'utf8')) ?? {};
      for (const [key, words = ''] of leaves(tree, [])) lines.push(`  '${key}': '${placeholders(words).join(' ')}',\n`);
    }
  } catch {
    return undefined;
  }
  return `// Written by \`npm run build\` from ${wordingFolder}/: a new sentence is written down there, and nowhere else.

/** The sentences that the application says, each with its placeholders. The compiler compares them with every use. */
export const sentences = {
${lines.join('')}} as const;

export type SentenceKey = keyof typeof sentences;
`;
}

/** Whether the list says what stands in data/wording/. @param {string} root */
export function sentencesFit(root) {
  const listed = listSentences(root);
  return listed === undefined || listed === written(root);
}

/** Writes the list anew where the words have changed. @param {string} root */
export function writeSentences(root) {
  if (!sentencesFit(root)) writeFileSync(join(root, sentencesFile), listSentences(root) ?? '');
}

/** @param {string} root */
function written(root) {
  // A checkout on Windows may end its lines in another way.
  return readFileSync(join(root, sentencesFile), 'utf8').replaceAll('\r\n', '\n');
}

/**
 * Nested names become keys with dots; a sentence may be given as several that say the same.
 * @param {object} tree @param {string[]} above
 * @returns {string[][]} keys and their words
 */
function leaves(tree, above) {
  return Object.entries(tree).flatMap(([name, value]) => {
    const key = [...above, name];
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    return nested ? leaves(value, key) : [[key.join('.'), [value].flat().join('\n')]];
  });
}

/** @param {string} words */
function placeholders(words) {
  return [...new Set([...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
}

// `npm run check`: the list that is committed must be the one that belongs to the words that are.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href && !sentencesFit(process.cwd())) {
  process.stderr.write(`${sentencesFile} is not what ${wordingFolder}/ says: \`npm run build\` writes it anew\n`);
  process.exitCode = 1;
}
