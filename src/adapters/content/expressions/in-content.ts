import type { Files } from '../load.ts';
import { growthOf } from './growth.ts';

/** What reads people's words in the content and gets slower faster than they get longer: a line about each, with a text that shows it. */
export function slowExpressions({ content, intents }: Files): string[] {
  const lines: string[] = [];
  const look = (value: unknown, where: string): void => {
    if (value instanceof RegExp) {
      const growth = growthOf(new RegExp(value.source, 'giu'));
      if (growth) lines.push(`${where}: ${value.source} takes far too long for words like ${JSON.stringify(growth.example)}\n`);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of value instanceof Map ? value : Object.entries(value)) look(each, `${where}.${String(key)}`);
  };
  look(content, 'data');
  for (const { id, variants = [] } of content.emergencies.kinds)
    for (const { when } of variants) look(new RegExp(when, 'iu'), `data.emergencies.${id}.when`);
  for (const [facet, { patterns }] of Object.entries(intents.facetCues))
    for (const source of patterns) look(new RegExp(source, 'iu'), `intents.facets.${facet}`);
  for (const source of intents.lexicon.ignored) look(new RegExp(source, 'iu'), 'data.lexicon.ignored');
  return lines;
}
