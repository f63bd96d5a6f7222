import { plusDays } from '../../domain/clock-time.ts';
import type { Broadcast } from '../../domain/knowledge.ts';
import { lastSlot, nextSlots } from '../../domain/schedule.ts';
import type { Edition, EditionState } from '../tables.ts';
import { type Turn, UserError } from '../turn.ts';
import { editionId } from './edition.ts';

/** An issue whose time has passed can still be worked on for so many days. */
const openDays = 3;
const stillOpen: readonly EditionState[] = ['draft', 'reviewed', 'released', 'skipped'];

/** The issue that is being worked on. */
export interface Target {
  readonly broadcast: Broadcast;
  readonly slot: Date;
  readonly id: string;
  readonly edition: Edition | undefined;
  /** What was said besides the name of the broadcast. */
  readonly rest: string;
}

/**
 * The issue that staff mean by "/播报 …": of the broadcast that is named first, or else of the first there is; the one whose time has
 * passed while it is not settled, or else the next.
 */
export async function targetOf(turn: Turn, text: string): Promise<Target> {
  const { broadcasts } = turn.content.broadcasts;
  const [first = ''] = text.split(/\s/u);
  const named = broadcasts.find(({ id, title }) => first !== '' && (first === id || first === title));
  const broadcast = named ?? broadcasts[0];
  if (!broadcast) throw new UserError(turn.say('broadcast.none'));
  const rest = named ? text.slice(first.length).trim() : text;
  const last = lastSlot(broadcast.schedule, turn.now);
  const left = last && plusDays(last, openDays) > turn.now ? await turn.tx.get('editions', editionId(broadcast, last)) : undefined;
  if (last && left && stillOpen.includes(left.state)) return { broadcast, slot: last, id: left.id, edition: left, rest };
  const [slot] = nextSlots(broadcast.schedule, turn.now, 1);
  if (!slot) throw new UserError(turn.say('broadcast.none'));
  const id = editionId(broadcast, slot);
  return { broadcast, slot, id, edition: await turn.tx.get('editions', id), rest };
}

/** The editions that are being sent, paused ones too, the latest first. */
export async function running(turn: Turn): Promise<Edition[]> {
  return turn.tx.find('editions', { state: 'planned' }, { by: 'plannedAt', descending: true });
}
