import { dateAfter, inShanghai } from '../../domain/time/clock-time.ts';
import type { Command } from '../kernel/command.ts';
import { ask } from '../kernel/question.ts';
import { here, UserError } from '../kernel/turn.ts';
import { dayOf, keepItem } from './typed-item.ts';

/** 消息 提醒: what the office's year proposes for this month; with a number, it becomes an item. */
export const newsRemind: Command = {
  id: 'news.remind',
  role: 'worker',
  needs: [],
  accepts: ['row'],
  open: true,
  async run(turn, { row }) {
    const { month, date } = inShanghai(turn.now);
    const ideas = turn.content.newsIdeas.filter((each) => each.month === month);
    if (ideas.length === 0) throw new UserError(turn.say('newsItem.noIdeas', { month }));
    const check = (evidence: string) => (evidence === 'law' ? '' : turn.say('newsItem.checkFirst'));
    if (row === undefined) {
      const lines = ideas.map(({ title, text, category, evidence }, index) =>
        turn.say('newsItem.idea', { number: index + 1, title, text, category, check: check(evidence) }),
      );
      return [here(turn, turn.say('newsItem.ideas', { month, lines: lines.join('\n') }))];
    }
    const idea = ideas[row - 1];
    if (!idea) throw new UserError(turn.say('newsItem.noRow', { row, count: ideas.length }));
    const { title, text, category, evidence } = idea;
    // Whoever says "this month" means until its end.
    const nextMonth = dateAfter(`${date.slice(0, 7)}-28`, 4);
    const item = await keepItem(turn, { title, text, category, expires: dateAfter(`${nextMonth.slice(0, 7)}-01`, -1) });
    await ask(turn, { kind: 'newsAdded', item: item.id });
    return [
      here(turn, turn.say('newsItem.adopted', { title, text, category, check: check(evidence), cancel: turn.say('command.orCancel') })),
    ];
  },
};

/** 消息 公开: the record of what was disclosed, and for how long. */
export const newsDisclosed: Command = {
  id: 'news.disclosed',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    const { category, days: atLeast } = turn.content.broadcasts.disclosure;
    const rows = await turn.tx.find('disclosures', {}, { by: 'firstDay', descending: true, limit: 20 });
    if (rows.length === 0) throw new UserError(turn.say('newsItem.nothingDisclosed', { category }));
    const lines = rows.map(({ title, firstDay, lastDay, days }) =>
      turn.say('newsItem.disclosedLine', { title, from: dayOf(turn, firstDay), to: dayOf(turn, lastDay), days }),
    );
    return [here(turn, turn.say('newsItem.disclosed', { category, atLeast, lines: lines.join('\n') }))];
  },
};
