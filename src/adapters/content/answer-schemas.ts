import { z } from 'zod';
import { day, facet, text, topicId } from './schemas.ts';

/** The forms of what residents are answered: data/answers/, the laws and local facts that answers speak of, and what staff hear besides. */

/** A sentence, with what it is founded on: the articles of a law, or else how far it can be relied on. */
const statement = z
  .strictObject({
    text,
    law: z
      .record(text, z.coerce.string().trim())
      .refine((laws) => Object.keys(laws).length > 0, { error: 'a law is named by its id in data/laws.yaml' })
      .exactOptional(),
    evidence: z.enum(['official', 'media', 'memory', 'office']).exactOptional(),
    from: text.exactOptional(),
    province: text.exactOptional(),
  })
  .superRefine(({ law, evidence, from }, context) => {
    const mistake = (message: string, path: PropertyKey[] = []) => context.addIssue({ code: 'custom', path, message });
    if ((law === undefined) === (evidence === undefined)) mistake('a sentence has either law (articles by the law’s id) or evidence');
    const named = evidence === 'official' || evidence === 'media';
    if (named && from === undefined) mistake(`evidence ${evidence} needs from: which document or report says so`, ['evidence']);
    if (!named && from !== undefined) mistake('from belongs to evidence official or media', ['from']);
  })
  .transform(({ law, evidence, ...rest }) => ({ ...rest, ...(law ? { law } : {}), evidence: evidence ?? ('law' as const) }));

/** One sentence, or several whose sources differ: each is said on a line of its own. */
const statements = z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(statement).min(1));

/** What is longer is not heard to its end. */
const longestLead = 150;
const lengthOf = (said: string) => said.replace(/\{\{[^{}]*\}\}/g, '').length;

export const answersFile = z.strictObject({
  section: text,
  answers: z.array(
    z.strictObject({
      id: topicId,
      title: text,
      policy: z.boolean().default(false),
      mourning: z.boolean().exactOptional(),
      lead: statement.refine((lead) => lengthOf(lead.text) <= longestLead, { error: `a lead has at most ${longestLead} characters` }),
      facets: z.partialRecord(facet, statements).default({}),
      checkedOn: day.exactOptional(),
      reviewBy: day,
    }),
  ),
});

export const staffNotesFile = z.array(z.strictObject({ id: topicId, says: statements, checkedOn: day.exactOptional(), reviewBy: day }));

export const lawsFile = z.array(
  z.strictObject({
    id: text,
    title: text,
    status: z.enum(['in-force', 'repealed']),
    from: day.exactOptional(),
    to: day.exactOptional(),
    compared: day.exactOptional(),
    changes: z
      .union([day.transform((on) => ({ on })), z.strictObject({ on: day, articles: z.coerce.string().exactOptional() })])
      .exactOptional(),
    note: text.exactOptional(),
  }),
);

/** A question with its value or without, or the value of a question that stands elsewhere; `sample` is said in the simulator only. */
export const localFile = z.array(
  z
    .strictObject({ id: text, question: text.exactOptional(), value: text.exactOptional(), sample: text.exactOptional() })
    .refine(({ question, value }) => question !== undefined || value !== undefined, { error: 'a fact has a question, a value, or both' }),
);
