import type { Mornings, ReminderKind, Timing } from '../../domain/reminders/reminder.ts';
import { fromShanghai, inShanghai } from '../../domain/time/clock-time.ts';
import type { WorkingTime } from '../../domain/time/working-time.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Subject } from './rows.ts';
import { kindOf } from './telling.ts';

/** By which rule a reminder comes. */
export function timingOf(
  means: { readonly content: Snapshot },
  details: Subject & { readonly own?: boolean; readonly daysBefore?: number },
): Timing {
  const kind = kindOf(means, details);
  if (!kind || details.own) return { rule: { of: 'free' }, before: { days: details.daysBefore ?? 0 } };
  return { rule: kind.rule, before: kind.before };
}

/** Whether it is said each year. */
export function comesAgain(kind: ReminderKind | undefined, { own }: { readonly own?: boolean }): boolean {
  return !own && kind !== undefined && ['anniversary', 'child', 'period'].includes(kind.rule.of);
}

/** When reminders are said: in the morning of a day on which the office opens. */
export function morningsOf({ remindMe: { at } }: Snapshot, time: WorkingTime): Mornings {
  return {
    at,
    opensOn(day) {
      const opening = time.nextOpening(fromShanghai(day, '00:00'));
      return opening !== undefined && inShanghai(opening).date === day;
    },
  };
}
