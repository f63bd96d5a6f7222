import type { Category } from '../../domain/content/knowledge.ts';
import type { Reply } from '../kernel/message.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import { may, toDirectors, toStaff } from '../kernel/staff.ts';
import type { Appeal } from './rows.ts';

/** Of danger, which until 0.1 was an appeal: what was archived as such is for directors. */
const formerAlarms = 'action.emergency';

/** Whether a member of staff may see an appeal: one about the staff themselves is for directors. */
export function maySee(person: Person, { category }: Pick<Appeal, 'category'>, categories: ReadonlyMap<string, Category>): boolean {
  return may(person, categories.get(category)?.discreet || category === formerAlarms ? 'director' : 'worker');
}

/** What it takes to know who may hear of an appeal. */
export interface Desk {
  readonly tx: Transaction;
  readonly content: { readonly categories: ReadonlyMap<string, Category> };
}

/**
 * A notice about an appeal, to the staff. One about the staff themselves reaches directors only: it must not be handed to
 * whoever is complained of (《信访工作条例》第三十条).
 */
export function toStaffOf({ tx, content }: Desk, appeal: Pick<Appeal, 'category'>, text: string): Promise<Reply[]> {
  return content.categories.get(appeal.category)?.discreet ? toDirectors(tx, text) : toStaff(tx, text);
}

/** A notice about an appeal to whoever handles it, privately; to the staff while nobody does. */
export async function toHandler(desk: Desk, appeal: Appeal, text: string): Promise<Reply[]> {
  const handler = appeal.handler === undefined ? undefined : await desk.tx.get('people', appeal.handler);
  if (!handler || !maySee(handler, appeal, desk.content.categories)) return toStaffOf(desk, appeal, text);
  return [{ to: { person: handler.id }, text, kind: 'notice' }];
}
