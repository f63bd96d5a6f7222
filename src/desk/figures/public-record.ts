import { isCounted, openStates } from '../../domain/appeals/appeal.ts';
import { type Rate, ratesOf } from '../../domain/appeals/rates.ts';
import { figuresOf } from '../../domain/appeals/tally.ts';
import { inSpan, lastDays } from '../../domain/time/period.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import type { Appeal } from '../appeals/rows.ts';
import { type Handler, here } from '../kernel/turn.ts';
import { lastSealedDay } from '../supervision/proof.ts';
import type { Means } from './figures.ts';
import { rateText } from './trend.ts';

const recordDays = 30;
const categoriesShown = 5;
const nothing: Rate = { of: 0, count: 0 };

/** 办理公示: what was reported and done in the last 30 days, without anything personal. */
export async function publicRecord({ tx, now, say, content }: Means): Promise<string> {
  const period = lastDays(recordDays, now);
  const all = await tx.find('appeals', {}, { by: 'createdAt' });
  const counted = all.filter(({ state }) => isCounted(state));
  const lately = counted.filter(({ createdAt }) => inSpan(createdAt, period));
  const titleOf = ({ category }: Appeal) => content.titles.get(category) ?? category;
  const { categories } = figuresOf(counted, period, { category: titleOf, place: titleOf });
  const rates = ratesOf(all, period.from, period.to);
  const rate = (of: Rate) => rateText(of, nothing, '', say('record.noRate'), say);
  return say('record.whole', {
    community: content.community.name,
    days: recordDays,
    count: lately.length,
    done: lately.filter(({ state }) => !openStates.includes(state)).length,
    categories: categories
      .filter(({ now: count }) => count > 0)
      .slice(0, categoriesShown)
      .map(({ title, now: count }) => say('record.category', { title, count }))
      .join(say('list.separator')),
    response: rate(rates.response),
    solved: rate(rates.solved),
    partly: rates.partly,
    satisfied: rate(rates.satisfied),
    unrated: rates.unrated,
    sealed: (await lastSealedDay(tx)) ? say('seal.record') : '',
  });
}

/** "办理公示": told to anybody who asks for it, in a group when the bot is addressed. */
export const publicRecordAsked: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  if (!saysOne(turn.text, turn.content.shortAnswers.record)) return undefined;
  const page = turn.siteUrl === undefined ? '' : `\n${turn.say('record.page', { url: `${turn.siteUrl}/open` })}`;
  const text = `${await publicRecord(turn)}${page}`;
  return { decision: 'action', topic: null, replies: [here(turn, text)] };
};
