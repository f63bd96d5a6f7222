import { inShanghai } from '../../domain/time/clock-time.ts';
import { appealCounter } from '../appeals/moves.ts';
import { alarmCounter } from '../danger/alarms.ts';

/** The counters of numbers that people were told today: a restored state must not give one of them again. */
export function countersOfDay(now: Date): string[] {
  const day = inShanghai(now).date.slice(2).replaceAll('-', '');
  return [appealCounter(day), alarmCounter(day), 'urgent'];
}
