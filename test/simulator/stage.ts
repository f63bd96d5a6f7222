import { readFile } from '../../src/adapters/content/files.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { type Cast, loadCast } from '../../src/adapters/simulator/cast.ts';
import { World } from '../../src/adapters/simulator/world.ts';

/** The shipped file, so that a mistake in it fails here. */
export const data = readFile(projectFolder, 'data/simulator.yaml', []).value as { readonly texts: { readonly send?: string } };
export const cast: Cast = loadCast(data);

/** A Monday, 20:41 in China. */
export const START = new Date('2026-11-23T12:41:00Z');

/** A world whose ids count up and whose clock stands still unless it is moved. */
export function stage(): World {
  let count = 0;
  return new World({ cast, clock: () => START, newId: () => `m${++count}` });
}

/** The smallest picture there is. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
