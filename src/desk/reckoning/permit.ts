import { nextRenewal, permitPossibleFrom, permitRenewal } from '../../domain/reckoning/residence-permit.ts';
import { bareDate } from '../../domain/time/told-date.ts';
import type { Fact, Hearing, Known, ReckoningPart } from './known.ts';
import { daySaid, daysSaid } from './phrases.ts';

/** From when on a residence permit can be asked for. */
export const permitPart: ReckoningPart = {
  hears: (hearing) => dayIn(hearing, 'registered'),
  isTold: ({ day }) => day !== undefined,
  tells({ day }, { say, today }) {
    if (!day) return { body: '', asks: 'registered' };
    const [first, last] = [permitPossibleFrom(day.from), permitPossibleFrom(day.to)];
    return {
      body: say('reckoning.permit.told', {
        since: daysSaid(day, say),
        from: daysSaid({ from: first, to: last }, say),
        past: last <= today ? say('reckoning.permit.past') : '',
      }),
    };
  },
};

/** Between which days a permit is to be renewed. */
export const renewalPart: ReckoningPart = {
  hears: (hearing) => dayIn(hearing, 'issued'),
  isTold: ({ day }) => day !== undefined,
  tells({ day }, { say, today }) {
    if (!day) return { body: '', asks: 'issued' };
    const { from, until } = permitRenewal(day.from);
    const next = nextRenewal(day.from, today);
    return {
      body: say('reckoning.renewal.told', {
        issued: daysSaid(day, say),
        from: daySaid(from, say),
        until: daySaid(until, say),
        rough: day.from === day.to ? '' : say('reckoning.renewal.rough'),
        past: until < today ? say('reckoning.renewal.past', { from: daySaid(next.from, say), until: daySaid(next.until, say) }) : '',
      }),
    };
  },
};

function dayIn({ dates, text, today, asked }: Hearing, fact: Fact): Known {
  const told = dates.find(({ from }) => from <= today) ?? (asked === fact ? bareDate(text, today) : undefined);
  return told ? { day: { from: told.from, to: told.to } } : {};
}
