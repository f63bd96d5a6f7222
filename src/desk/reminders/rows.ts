import { z } from 'zod';
import { day, personId, time } from '../kernel/fields.ts';
import type { Transaction, Vault } from '../kernel/ports.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    reminders: Reminder;
  }
}

/** Of what somebody is to be reminded. */
export const subject = z.object({
  /** A kind of data/remind-me.yaml; absent: a matter of their own. */
  kind: z.string().exactOptional(),
  /** A topic that has to do with it. */
  topic: z.string().exactOptional(),
  /** What it is, in their words. */
  what: z.string().exactOptional(),
});
export type Subject = z.infer<typeof subject>;

const details = subject.extend({
  /** The day that was told, or from when to when it may be. */
  from: day,
  to: day,
  /** They named the day on which they want to hear of it, whatever the kind; so many days before it. */
  own: z.literal(true).exactOptional(),
  daysBefore: z.number().exactOptional(),
  /** The day that it is about when it is said next. */
  day,
});
/** What is known of a reminder: it is sealed, since a birthday, or for what somebody applies, is nobody's business. */
export type Details = z.infer<typeof details>;

const reminder = z.object({
  id: z.string(),
  person: personId,
  /** Its `Details` as JSON. */
  sealed: z.string(),
  /** When it is said. */
  at: time,
  createdAt: time,
});
/** Something that somebody is told on a day, privately. It goes when it was said and comes no more. */
export type Reminder = z.infer<typeof reminder>;

const reminders = table<Reminder>({
  row: reminder,
  indexes: [
    { equal: [], order: 'at' },
    { equal: ['person'], order: 'at' },
  ],
  kept: 'always',
  deletion: 'goes',
});

export const remindersTables = { reminders };

export function sealedDetails(vault: Vault, known: Details): string {
  return vault.seal(JSON.stringify(known));
}

/** What a reminder is about; undefined when the key is gone that it was sealed with. */
export function detailsOf(vault: Vault, { sealed }: Reminder): Details | undefined {
  const json = vault.open(sealed);
  return json === undefined ? undefined : details.parse(JSON.parse(json));
}

/** A reminder and what it is about. */
export interface Opened {
  readonly row: Reminder;
  readonly details: Details | undefined;
}

/** Somebody's reminders, in the order in which they are said. */
export async function remindersOf(tx: Transaction, vault: Vault, person: string): Promise<Opened[]> {
  const rows = await tx.find('reminders', { person }, { by: 'at' });
  return rows.map((row) => ({ row, details: detailsOf(vault, row) }));
}
