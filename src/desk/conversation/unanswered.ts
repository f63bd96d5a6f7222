import { withItsPage } from '../appeals/case-page.ts';
import { type Chore, eachApart, failFor, isThere } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { inTransaction } from '../kernel/in-transaction.ts';
import type { Transaction } from '../kernel/ports.ts';
import { takeInVain } from '../kernel/question.ts';
import { keepOriginal } from '../privacy/privacy.ts';
import { queue } from '../sending/deliveries.ts';
import { openTurn } from './open-turn.ts';

/** Takes up what questions hold that waited in vain: whoever told something and then fell silent has told it. */
export const unanswered: Chore = {
  id: 'unanswered',
  isDue: (_, now, tx) => isThere(tx, 'questions', dueAt(now)),
  async run(app, now) {
    const due = await app.store.transaction((tx) => tx.find('questions', dueAt(now), { by: 'dueAt' }));
    const ids = due.map(({ id }) => id);
    failFor(await eachApart(app, ids, (id) => inTransaction(app, (tx, inside) => takeUp(inside, tx, id, now))));
  },
};

const dueAt = (now: Date) => ({ dueAt: { atMost: now.toISOString() } });

/** In a turn of whoever was asked, in which they say nothing. What they hear of it is no reply: they have not just written. */
async function takeUp(app: App, tx: Transaction, conversation: string, now: Date): Promise<void> {
  const [person = '', room] = conversation.split('/').reverse();
  const account = (await tx.get('people', person))?.account;
  for (const asked of await takeInVain({ tx, now }, conversation)) {
    const { question, expiresAt } = asked;
    const id = `unanswered/${conversation}/${expiresAt}`;
    const where = { ...(room === undefined ? {} : { room }), ...(account === undefined ? {} : { account }) };
    const message = { id, person, ...where, text: '', kind: 'text', addressed: true } as const;
    const opened = await openTurn(app, tx, message, now);
    if (!opened) continue;
    const turn = { ...opened, asked, covered: [] };
    const outcome = await turn.questions[question.kind].unanswered?.(turn, question as never);
    await keepOriginal(turn);
    for (const reply of outcome?.replies ?? []) {
      const about = reply.to.person === person ? {} : { about: person };
      await queue(tx, app.ids, now, { ...(await withItsPage(turn, reply)), kind: 'notice', ...about });
    }
  }
}
