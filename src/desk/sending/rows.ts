import { z } from 'zod';
import { fileName, idPath, personId, roomId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    deliveries: Delivery;
    windows: Window;
    massMessages: MassMessage;
    handedOut: HandedOut;
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
  /** Accounts that could not say it before the person's next word there. */
  shutOn: z.array(z.string()).exactOptional(),
  /** How many of its messages have surely gone: a text that is long is sent in parts. */
  sentParts: z.number().exactOptional(),
  /** Help for somebody in danger, or a word to those who must act now: said also while the account is limited. */
  urgent: z.boolean().exactOptional(),
  /** A broadcast that cannot wait until morning. */
  atNight: z.boolean().exactOptional(),
  /** What it tells of a case. */
  progress: z
    .object({ step: z.enum(['accepted', 'progress', 'resolved', 'asked']), appeal: z.string(), title: z.string() })
    .exactOptional(),
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

const pane = z.object({ until: time, left: z.number() });
/** So long, and so many messages, an account may write to somebody who did something there. */
export type Pane = z.infer<typeof pane>;

const windowRow = z.object({
  /** ACCOUNT/PERSON. */
  id: idPath,
  person: personId,
  /** After a message, and after a touch: a follow, a scan, a click. */
  message: pane.exactOptional(),
  touch: pane.exactOptional(),
  /** When the last of it closes. */
  until: time,
});
export type Window = z.infer<typeof windowRow>;

const windows = table<Window>({
  row: windowRow,
  kept: [{ from: 'until', minutes: 0 }],
  deletion: 'goes',
});

const massMessage = z.object({
  /** The edition: it goes to all of an account once. */
  id: z.string(),
  account: z.string(),
  /** The month (yyyy-MM) in whose quota it counts. */
  month: z.string(),
  at: time,
  /** The platform's id. */
  native: z.string(),
  /** Accepted is not sent; published stands in the account and was sent to nobody. */
  state: z.enum(['accepted', 'done', 'failed', 'published']),
  sent: z.number().exactOptional(),
  failed: z.number().exactOptional(),
  why: z.string().exactOptional(),
});
/** A message to everybody who follows an account. */
export type MassMessage = z.infer<typeof massMessage>;

const massMessages = table<MassMessage>({
  row: massMessage,
  indexes: [{ equal: ['account', 'month'] }, { equal: ['account', 'native'] }],
  kept: [{ from: 'at', days: 400 }],
  deletion: 'stays',
});

const handedOutRow = z.object({
  /** The push that it answers: its message's id. */
  id: idPath,
  person: personId,
  /** The first of the deliveries whose words these are. */
  delivery: z.string(),
  text: z.string(),
  at: time,
});
/** What was said with the answer to a push, as long as the push may come again. */
export type HandedOut = z.infer<typeof handedOutRow>;

const handedOut = table<HandedOut>({
  row: handedOutRow,
  indexes: [{ equal: ['delivery'] }],
  kept: [{ from: 'at', minutes: 5 }],
  deletion: 'goes',
});

export const sendingTables = { deliveries, windows, massMessages, handedOut };
