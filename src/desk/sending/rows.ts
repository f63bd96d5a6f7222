import { z } from 'zod';
import { fileName, idPath, personId, roomId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    deliveries: Delivery;
  }
}

const deliveryState = z.enum(['queued', 'sending', 'sent', 'unsure', 'failed', 'waiting']);
export type DeliveryState = z.infer<typeof deliveryState>;

const delivery = z.object({
  /** That of a copy of an edition is edition and recipient, so that it exists once. */
  id: idPath,
  /** Grows by one with every delivery: within a conversation they are sent in this order. */
  sequence: z.number(),
  kind: z.enum(['reply', 'notice', 'broadcast']),
  /** Through which account; absent in what was archived before there were several. */
  account: z.string().exactOptional(),
  person: personId.exactOptional(),
  room: roomId.exactOptional(),
  text: z.string(),
  /** Whether the text is sealed: it is opened when it is sent, and forgotten then, its file too. */
  sealed: z.literal(true).exactOptional(),
  file: fileName.exactOptional(),
  state: deliveryState,
  attempts: z.number(),
  /** Not to be sent before. */
  notBefore: time,
  createdAt: time,
  edition: z.string().exactOptional(),
  /** Pictures that follow the text. */
  files: z.array(fileName).exactOptional(),
  /** How many of its messages have surely gone: a text that is long is sent in parts. */
  sentParts: z.number().exactOptional(),
  /** Help for somebody in danger, or a word to those who must act now: said also while the account is limited. */
  urgent: z.boolean().exactOptional(),
  /** A broadcast that cannot wait until morning. */
  atNight: z.boolean().exactOptional(),
  /** Whose words it passes on. */
  about: personId.exactOptional(),
  /** Taken back while it was being sent: if it did not arrive, it is not sent again. */
  takenBack: z.literal(true).exactOptional(),
  error: z.string().exactOptional(),
});
/** Something to be said, from the moment it is decided until it was said. */
export type Delivery = z.infer<typeof delivery>;

/** How far a copy has come: of two that have become one recipient's, the one that may have been heard is kept. */
const progress: readonly DeliveryState[] = ['waiting', 'queued', 'failed', 'sending', 'unsure', 'sent'];

const deliveries = table<Delivery>({
  row: delivery,
  indexes: [
    { equal: ['state', 'account', 'kind'], order: 'sequence' },
    { equal: ['state', 'kind'], order: 'sequence' },
    { equal: ['state', 'account', 'atNight'], order: 'sequence' },
    { equal: ['state'], order: 'createdAt' },
    { equal: ['edition', 'state'] },
    { equal: ['edition'], order: 'sequence' },
    { equal: ['person', 'state'] },
    { equal: ['room'] },
  ],
  kept: [
    {
      where: { state: 'sent' },
      from: 'createdAt',
      days: 2,
      // The report of an edition that is not done yet counts its copies.
      unless: async ({ edition }, tx) => edition !== undefined && (await tx.get('editions', edition))?.state === 'planned',
      archived: true,
    },
    { where: { state: 'failed' }, from: 'createdAt', days: 14, archived: true },
    // Something waits so long for somebody who is no friend of the account.
    { where: { state: 'waiting' }, from: 'createdAt', days: 90, archived: true },
  ],
  archive: { by: 'createdAt', days: 60 },
  deletion: 'goes',
  joined: (newer, older) => (progress.indexOf(newer.state) > progress.indexOf(older.state) ? newer : older),
});

export const sendingTables = { deliveries };
