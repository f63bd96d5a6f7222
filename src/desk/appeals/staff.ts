import type { Category } from '../../domain/content/knowledge.ts';
import type { Reply } from '../kernel/message.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import type { Say } from '../kernel/say.ts';
import { actingFor, may, toDirectors, toStaff } from '../kernel/staff.ts';
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
  readonly now: Date;
  readonly say: Say;
  readonly content: { readonly categories: ReadonlyMap<string, Category> };
}

/**
 * A notice about an appeal, to the staff. One about the staff themselves reaches directors only: it must not be handed to
 * whoever is complained of (《信访工作条例》第三十条).
 */
export function toStaffOf({ tx, content }: Pick<Desk, 'tx' | 'content'>, appeal: Pick<Appeal, 'category'>, text: string): Promise<Reply[]> {
  return content.categories.get(appeal.category)?.discreet ? toDirectors(tx, text) : toStaff(tx, text);
}

/** A notice about an appeal to whoever handles it, or acts for them, privately; to the staff while nobody does. */
export async function toHandler(desk: Desk, appeal: Appeal, text: string): Promise<Reply[]> {
  const { tx, now, say, content } = desk;
  const handler = appeal.handler === undefined ? undefined : await tx.get('people', appeal.handler);
  const acting = handler && (await actingFor(tx, now, handler));
  if (!handler || !acting || !maySee(acting, appeal, content.categories)) return toStaffOf(desk, appeal, text);
  const told = acting.id === handler.id ? text : `${say('handler.standsIn', { name: handler.name })}\n${text}`;
  return [{ to: { person: acting.id }, text: told, kind: 'notice' }];
}
