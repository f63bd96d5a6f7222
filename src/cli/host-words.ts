import { loadWording } from '../adapters/content/wording.ts';
import { UnreadableStateError } from '../adapters/store/journal-files.ts';
import { LockedError } from '../adapters/store/lock.ts';
import { NewerStateError } from '../adapters/store/migrations.ts';
import { type Say, speaker } from '../desk/kernel/say.ts';
import { readConfig } from './config.ts';
import { contentFolder } from './understanding.ts';

/** What whoever sits at the machine is told when the bot cannot start on its state; undefined for other errors. */
export function wordsFor(error: unknown, say: Say): string | undefined {
  if (error instanceof UnreadableStateError) return say('host.stateDamaged', { place: placeIn(error, say) });
  if (error instanceof LockedError) return say('host.locked', { owner: error.owner });
  if (error instanceof NewerStateError) return say('host.stateNewer');
  return undefined;
}

/** The file, and the line where there is one. */
export function placeIn({ file, line }: UnreadableStateError, say: Say): string {
  return line === undefined ? file : say('host.place', { file, line });
}

/** The same, where nothing has been loaded yet; undefined where there are no words. */
export function wordsAtStart(error: unknown): string | undefined {
  try {
    const wording = loadWording(contentFolder(readConfig(process.env)), []).sentences;
    return wordsFor(
      error,
      speaker(() => wording, { chance: () => 0 }),
    );
  } catch {
    return undefined;
  }
}
