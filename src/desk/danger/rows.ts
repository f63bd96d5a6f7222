import { z } from 'zod';
import { idPath, personId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    alarms: Alarm;
  }
}

const alarm = z.object({
  /** The number of its appeal; or the conversation in which it was asked whether somebody is in danger. */
  id: idPath,
  appeal: z.string().exactOptional(),
  /** The words that were unsure, until the resident answers. */
  asked: z.object({ person: personId, emergency: z.string(), text: z.string() }).exactOptional(),
  /** When staff are paged, or paged again. */
  nextAt: time,
  pages: z.number(),
});
/** An emergency until a member of staff says /收到. */
export type Alarm = z.infer<typeof alarm>;

const alarms = table<Alarm>({ row: alarm, indexes: [{ equal: [], order: 'nextAt' }], kept: 'always', deletion: 'goes' });

export const dangerTables = { alarms };
