import type { Rate } from '../../domain/appeals/rates.ts';
import type { Change, Row } from '../../domain/appeals/tally.ts';
import type { Say } from '../kernel/say.ts';

/** "比上周多 3 件" */
export function trendText({ now, before }: Change, name: string, say: Say): string {
  if (now === before) return say('trend.same', { before: name });
  return say(now > before ? 'trend.more' : 'trend.fewer', { before: name, count: Math.abs(now - before) });
}

/** "噪音扰民 11 件（少 3）" */
export function rowText({ title, now, before }: Row, say: Say): string {
  const trend = now === before ? '' : say(now > before ? 'trend.moreShort' : 'trend.fewerShort', { count: Math.abs(now - before) });
  return say('statistics.row', { title, count: now, trend });
}

/** "92%（50 件里有 46 件），比上周高 4 个百分点"; `none` when there is nothing that it could be a share of. */
export function rateText(rate: Rate, before: Rate, name: string, none: string, say: Say): string {
  const now = percentOf(rate);
  if (now === undefined) return none;
  const text = say('record.rate', { percent: now, count: rate.count, of: rate.of });
  const then = percentOf(before);
  if (then === undefined) return text;
  const key = now === then ? 'trend.level' : now > then ? 'trend.higher' : 'trend.lower';
  return say('trend.ofRate', { rate: text, trend: say(key, { before: name, count: Math.abs(now - then) }) });
}

/** In whole per cent. */
export function percentOf({ of, count }: Rate): number | undefined {
  return of === 0 ? undefined : Math.round((100 * count) / of);
}
