import { inShanghai } from '../../domain/time/clock-time.ts';
import { appealCounter } from '../appeals/moves.ts';
import { alarmCounter } from '../danger/alarms.ts';
import { trailCounter } from '../kernel/audit.ts';

/** The trail of acts numbers its rows and is checked for gaps: it goes on where it stood in the backup. */
export const ownCounters: readonly string[] = [trailCounter];

/** The counters of numbers that people were told today: a restored state must not give one of them again. */
export function countersOfDay(now: Date): string[] {
  const day = inShanghai(now).date.slice(2).replaceAll('-', '');
  return [appealCounter(day), alarmCounter(day), 'urgent'];
}
