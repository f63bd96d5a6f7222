import { z } from 'zod';
import { idPath, personId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    enrolments: Enrolment;
    logins: Login;
    traffic: Traffic;
    blocks: Block;
  }
}

const enrolment = z.object({
  id: idPath,
  code: z.string(),
  expiresAt: time,
  /** How often something may still be tried. */
  attemptsLeft: z.number().exactOptional(),
  /** Of a code: for whom it is, as what, who made it, and which of the staff it lets in again. */
  name: z.string().exactOptional(),
  role: z.enum(['worker', 'director']).exactOptional(),
  by: personId.exactOptional(),
  person: personId.exactOptional(),
});
/**
 * A one-time code: "director", the host's, or "code/…", a director's for a colleague. Or how often something may still be tried: a PIN, by
 * "pin", the way and the person; a code, by "tries" and the person who tries.
 */
export type Enrolment = z.infer<typeof enrolment>;

const enrolments = table<Enrolment>({
  row: enrolment,
  indexes: [{ equal: [], order: 'expiresAt' }],
  kept: [{ from: 'expiresAt', minutes: 0 }],
  // Whoever has their data deleted does not begin to try anew.
  deletion: (row) => (row.code === '' ? row : undefined),
});

const login = z.object({
  id: z.string(),
  /** The account's own id in it. */
  self: z.string(),
  since: time,
  /** When the channel was last surely in touch; what was said after it may not have been heard. */
  aliveAt: time,
  /** Setting remarks was tried on this account and did nothing. */
  remarksFail: z.boolean().exactOptional(),
});
/** The login in which a channel's bindings were made; its id is the channel's name. */
export type Login = z.infer<typeof login>;

const logins = table<Login>({ row: login, kept: 'always', deletion: 'stays' });

const tally = z.object({
  id: idPath,
  since: time,
  count: z.number(),
  said: z.array(z.string()).readonly(),
  run: z.number(),
  level: z.number(),
  quietUntil: time.exactOptional(),
});
/** How much was said to the bot of late (domain/people/traffic.ts); its id is the person or the room, or "own-data/" and the person. */
export type Traffic = z.infer<typeof tally>;

const traffic = table<Traffic>({
  row: tally,
  indexes: [{ equal: [], order: 'since' }],
  kept: [
    { where: { level: 0 }, from: 'since', minutes: 60, hourly: true },
    // Somebody was silenced within the last day.
    { where: { level: { atLeast: 1 } }, from: 'since', days: 1, hourly: true },
  ],
  // Deleting one's data does not begin the count anew.
  deletion: 'stays',
  joined: (newer, older) => (silence(newer) > silence(older) ? newer : older),
});

const silence = ({ quietUntil = '', level, count }: Traffic) => `${quietUntil} ${level} ${String(count).padStart(9, '0')}`;

const blocked = z.object({ id: personId, until: time, reason: z.string(), by: personId, at: time });
/** 拉黑: whom the bot does not answer until then, but for danger; its id is the person. */
export type Block = z.infer<typeof blocked>;

const blocks = table<Block>({
  row: blocked,
  indexes: [{ equal: [], order: 'until' }],
  kept: [{ from: 'until', minutes: 0 }],
  deletion: 'stays',
  joined: (newer, older) => (newer.until > older.until ? newer : older),
});

export const peopleTables = { enrolments, logins, traffic, blocks };
