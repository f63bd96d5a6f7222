import { inShanghai } from '../domain/clock-time.ts';
import { localValue } from './answer-text.ts';
import { type Acting, reporterName } from './appeals.ts';
import type { Appeal } from './tables.ts';

/** 转办函: a letter to whom an appeal is handed on, to be printed or forwarded as it is. No telephone number, no name of who asked for none. */
export async function referralLetter(
  appeal: Appeal,
  words: string,
  acting: Pick<Acting, 'tx' | 'say' | 'content' | 'now'>,
): Promise<string> {
  const { say, content, now } = acting;
  const told = inShanghai(new Date(appeal.createdAt));
  const today = inShanghai(now);
  return say('refer.letter', {
    community: content.community.name,
    number: appeal.id,
    to: appeal.referredTo ?? '',
    told: `${told.year}年${told.month}月${told.day}日`,
    category: content.titles.get(appeal.category) ?? appeal.category,
    place: appeal.place ?? '',
    what: appeal.what,
    name: await reporterName(appeal, acting),
    voices: appeal.followers.length > 0 ? appeal.followers.length + 1 : '',
    text: words,
    phone: localValue('office.phone', { content }),
    today: `${today.year}年${today.month}月${today.day}日`,
  });
}
