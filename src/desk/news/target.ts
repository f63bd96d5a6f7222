import type { Broadcast } from '../../domain/content/knowledge.ts';
import { plusDays } from '../../domain/time/clock-time.ts';
import { lastSlot, nextSlots } from '../../domain/time/schedule.ts';
import type { Transaction } from '../kernel/ports.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { editionId } from './edition.ts';
import type { Edition, EditionState } from './rows.ts';

/** An issue whose time has passed can still be worked on for so many days. */
const openDays = 3;
const inHand: readonly EditionState[] = ['draft', 'reviewed', 'released'];

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
 * passed while it is not settled, or else the one in hand, or else the next.
 */
export async function targetOf(turn: Turn, text: string): Promise<Target> {
  const { tx, now } = turn;
  const { broadcasts } = turn.content.broadcasts;
  const [first = ''] = text.split(/\s/u);
  const named = broadcasts.find(({ id, title }) => first !== '' && (first === id || first === title));
  const broadcast = named ?? broadcasts[0];
  if (!broadcast) throw new UserError(turn.say('broadcast.none'));
  const rest = named ? text.slice(first.length).trim() : text;
  const last = lastSlot(broadcast.schedule, now);
  const left = last && (await tx.get('editions', editionId(broadcast, last)));
  if (last && left && (inHand.includes(left.state) || left.state === 'skipped') && isOpen(left, last, now))
    return { broadcast, slot: last, id: left.id, edition: left, rest };
  const stray = await strayEdition(tx, broadcast, now);
  if (stray) return { broadcast, slot: new Date(stray.sendAt ?? now), id: stray.id, edition: stray, rest };
  const [slot] = nextSlots(broadcast.schedule, now, 1);
  if (!slot) throw new UserError(turn.say('broadcast.none'));
  const id = editionId(broadcast, slot);
  return { broadcast, slot, id, edition: await tx.get('editions', id), rest };
}

/** An issue that somebody has in hand and to which the schedule, changed since, does not lead any more. */
export async function strayEdition(tx: Transaction, broadcast: Broadcast, now: Date): Promise<Edition | undefined> {
  const { id, schedule } = broadcast;
  const all = await tx.find('editions', { id: { atLeast: `${id}/`, atMost: `${id}/9999` }, state: inHand });
  if (all.length === 0) return undefined;
  const around = [lastSlot(schedule, now), ...nextSlots(schedule, now, 1)].flatMap((slot) => (slot ? [editionId(broadcast, slot)] : []));
  return all.find((edition) => {
    const at = new Date(edition.sendAt ?? edition.plannedAt);
    const slot = lastSlot(schedule, at);
    return isOpen(edition, at, now) && !around.includes(edition.id) && (!slot || editionId(broadcast, slot) !== edition.id);
  });
}

/** Whether its time, the one of its slot or a later one that was set, is not over for long. */
function isOpen({ sendAt = '' }: Edition, slot: Date, now: Date): boolean {
  const at = sendAt > slot.toISOString() ? new Date(sendAt) : slot;
  return plusDays(at, openDays) > now;
}

/** The editions that are being sent, paused ones too, the latest first. */
export async function running(turn: Turn): Promise<Edition[]> {
  return turn.tx.find('editions', { state: 'planned' }, { by: 'plannedAt', descending: true });
}
