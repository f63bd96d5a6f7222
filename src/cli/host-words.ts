import { loadWording } from '../adapters/content/wording.ts';
import { DatabaseAwayError, DatabaseRefusedError } from '../adapters/store/database.ts';
import { UnreadableStateError } from '../adapters/store/journal-files.ts';
import { LockedError } from '../adapters/store/lock.ts';
import { NewerStateError } from '../adapters/store/migrations.ts';
import { MoveError } from '../adapters/store/moving.ts';
import { type Say, speaker } from '../desk/kernel/say.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { TellWaiting } from './database.ts';
import { contentFolder } from './understanding.ts';

/** What whoever sits at the machine is told when the bot cannot start on its state; undefined for other errors. */
export function wordsFor(error: unknown, say: Say): string | undefined {
  if (error instanceof UnreadableStateError) return say('host.stateDamaged', { place: placeIn(error, say) });
  if (error instanceof LockedError) return say('host.locked', { owner: error.owner });
  if (error instanceof NewerStateError) return say('host.stateNewer');
  if (error instanceof DatabaseRefusedError) return say(`host.database.${error.refusal}`, { server: error.place });
  if (error instanceof DatabaseAwayError) return say('host.database.away', { server: error.place });
  if (error instanceof ConfigError && error.settings.includes('DATABASE_URL')) return say('host.database.form');
  if (error instanceof MoveError) return say(`host.move.${error.why}`, { where: error.place });
  return undefined;
}

/** Tells whoever sits at the machine what a start waits for. */
export function tellWaiting(say: Say, print: (line: string) => void): TellWaiting {
  return (why) =>
    print(
      why instanceof LockedError ? say('host.database.owned', { owner: why.owner }) : say('host.database.waiting', { server: why.place }),
    );
}

/** Says sentences at the machine before anything else of the content is loaded. */
export function sayAtHost(config: Config): Say {
  const wording = loadWording(contentFolder(config), []).sentences;
  return speaker(() => wording, { chance: () => 0 });
}

/** The file, and the line where there is one. */
export function placeIn({ file, line }: UnreadableStateError, say: Say): string {
  return line === undefined ? file : say('host.place', { file, line });
}

/** The words for an error, where nothing has been loaded yet; undefined where there are none. */
export function wordsAtStart(error: unknown): string | undefined {
  try {
    return wordsFor(error, sayAtHost(readableConfig()));
  } catch {
    return undefined;
  }
}

/** The settings; where one cannot be used, as if only the content's folder were set. */
function readableConfig(): Config {
  try {
    return readConfig(process.env);
  } catch {
    return readConfig({ CONTENT_DIR: process.env.CONTENT_DIR });
  }
}
