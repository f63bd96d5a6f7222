import { z } from 'zod';
import { facet, pattern, text, topicId } from './schemas.ts';

const shapes = z.array(pattern).min(1);
const dayOfYear = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'a day of each year is written 09-01');
const count = z.int().min(1);

/** How the day that a reminder is about follows from the one that is told. */
const rule = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('end') }),
  z.strictObject({ of: z.literal('anniversary') }),
  z.strictObject({ of: z.literal('birthday'), age: count }),
  z.strictObject({ of: z.literal('child'), age: count, on: dayOfYear }),
  z.strictObject({ of: z.literal('period'), from: dayOfYear, until: dayOfYear }),
]);

const kind = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id is written in small letters'),
    title: text,
    words: pattern,
    rule,
    before: z.strictObject({ months: count.exactOptional(), days: count.exactOptional() }).default({}),
    told: pattern.exactOptional(),
    ask: text.exactOptional(),
    where: text.exactOptional(),
    says: text,
    never: z.strictObject({ words: pattern, says: text }).exactOptional(),
    topic: topicId,
    tells: z.array(z.union([facet, z.literal('lead')])).default(['materials']),
    topics: z.array(topicId).default([]),
  })
  .superRefine(({ rule: { of }, ask, where }, context) => {
    const isAsked = ask !== undefined && where !== undefined;
    if (of !== 'period' && !isAsked)
      context.addIssue({ code: 'custom', path: ['ask'], message: 'its day is asked for: ask and where are missing' });
    if (of === 'period' && ask !== undefined)
      context.addIssue({ code: 'custom', path: ['ask'], message: 'its days are known: nothing is asked' });
  });

/** What residents ask to be reminded of (data/remind-me.yaml). */
export const remindMeFile = z.strictObject({
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written 09:00'),
  most: count,
  kinds: z.array(kind).min(1),
  words: z.strictObject({
    asks: shapes,
    asksOfKnown: shapes,
    unmeant: shapes,
    list: shapes,
    cancel: shapes,
    cancelAll: shapes,
    change: shapes,
    how: shapes,
    unsure: shapes,
    daily: shapes,
    otherDay: shapes,
    often: shapes,
    calls: pattern,
    same: pattern,
    fillers: z.array(text).min(1),
  }),
});
