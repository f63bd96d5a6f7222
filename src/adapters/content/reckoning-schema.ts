import { z } from 'zod';
import { type ReckoningContent, type ReckoningId, type ReckoningRule, reckonings, tellings } from '../../domain/reckoning/rule.ts';
import { day, facet, pattern, text, topicId } from './schemas.ts';

/** The form of data/reckoning.yaml. */

const rule = z
  .strictObject({
    title: text,
    topic: topicId,
    byTopic: z.array(facet).exactOptional(),
    factsOnly: z.boolean().default(false),
    asks: z.array(pattern).min(1),
    unless: pattern,
    law: z.record(text, z.coerce.string().trim()).exactOptional(),
    from: text.exactOptional(),
    checkedOn: day,
    reviewBy: day,
  })
  .refine(({ law, from }) => (law === undefined) !== (from === undefined), {
    error: 'a rule has either law (articles by the law’s id) or from',
  });

const month = z.string().regex(/^\d{4}-\d{2}$/, 'a month is written 2025-01');
const source = { source: text, reviewBy: day };

export const reckoningFile = z
  .strictObject({
    words: z.record(z.enum(tellings), pattern),
    rules: z.record(z.enum(reckonings), rule),
    numbers: z.strictObject({
      childcare: z.strictObject({ yearly: z.int().positive(), from: month, olderUntil: day, ...source }),
      waiting: z.strictObject({ fixed: z.int().min(0), further: z.int().min(0), countedFrom: z.int().min(2000), ...source }),
    }),
  })
  .superRefine(({ rules, numbers }, context) => {
    const uses = { childcare: 'childcareSubsidy', waiting: 'medicalWaiting' } as const;
    for (const [name, id] of Object.entries(uses) as [keyof typeof uses, (typeof uses)[keyof typeof uses]][])
      if (rules[id].reviewBy > numbers[name].reviewBy)
        context.addIssue({
          code: 'custom',
          path: ['rules', id, 'reviewBy'],
          message: `numbers.${name} is to be looked at by ${numbers[name].reviewBy}: the rule that uses it no later`,
        });
  })
  .transform(({ words, rules, numbers: { childcare, waiting } }): ReckoningContent => {
    const withId = Object.fromEntries(reckonings.map((id): [ReckoningId, ReckoningRule] => [id, { id, ...rules[id] }]));
    return { words, rules: withId as Record<ReckoningId, ReckoningRule>, childcare, waiting };
  });
