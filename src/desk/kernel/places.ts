import { type PlaceNames, type PlaceReader, placeReader } from '../../domain/words/place.ts';
import type { Snapshot } from './content.ts';

const made = new WeakMap<PlaceNames, PlaceReader>();

/** The reader of the community's places; made once for each reading of their names. */
export function placesOf({ placeNames, simplify }: Pick<Snapshot, 'placeNames' | 'simplify'>): PlaceReader {
  const reader = made.get(placeNames) ?? placeReader(placeNames, simplify);
  made.set(placeNames, reader);
  return reader;
}

/** The place that a text tells of, as written; undefined when it tells of none. */
export function placeIn(content: Pick<Snapshot, 'placeNames' | 'simplify'>, text: string): string | undefined {
  return placesOf(content).find(text)?.text;
}
