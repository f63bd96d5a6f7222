import type { Rate } from '../../domain/appeals/rates.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import type { Say } from '../kernel/say.ts';
import { type Handler, here } from '../kernel/turn.ts';
import { lastSealedDay } from '../supervision/proof.ts';
import type { Means } from './figures.ts';
import { type Lately, latelyOf, recordDays } from './record.ts';
import { rateText } from './trend.ts';

const categoriesShown = 5;
const nothing: Rate = { of: 0, count: 0 };

/** 办理公示: what was reported and done in the last 30 days, without anything personal. */
export async function publicRecord({ tx, now, say, content }: Means): Promise<string> {
  // What has closed before these days and is not at hand any more counts in none of this.
  const record = latelyOf(await tx.find('appeals', {}, { by: 'createdAt' }), { now, content });
  const { received, done, rates } = record;
  const rate = (of: Rate) => rateText(of, nothing, '', say('record.noRate'), say);
  return say('record.whole', {
    community: content.community.name,
    days: recordDays,
    count: received,
    done,
    categories: categoriesText(record, say),
    response: rate(rates.response),
    solved: rate(rates.solved),
    partly: rates.partly,
    satisfied: rate(rates.satisfied),
    unrated: rates.unrated,
    sealed: (await lastSealedDay(tx)) ? say('seal.record') : '',
  });
}

/** The most frequent kinds; whatever else there is stands together. '' where no kind may be named. */
function categoriesText({ received, categories }: Lately, say: Say): string {
  const named = categories.filter((each): each is { title: string; count: number } => each.title !== undefined).slice(0, categoriesShown);
  const rest = received - named.reduce((sum, { count }) => sum + count, 0);
  const rows = rest === 0 || named.length === 0 ? named : [...named, { title: say('record.others'), count: rest }];
  return rows.map((row) => say('record.category', row)).join(say('list.separator'));
}

/** "办理公示": told to anybody who asks for it, in a group when the bot is addressed. */
export const publicRecordAsked: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  if (!saysOne(turn.text, turn.content.shortAnswers.record)) return undefined;
  const page = turn.siteUrl === undefined ? '' : `\n${turn.say('record.page', { url: `${turn.siteUrl}/open` })}`;
  const text = `${await publicRecord(turn)}${page}`;
  return { decision: 'action', topic: null, replies: [here(turn, text)] };
};
