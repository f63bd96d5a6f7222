import { spokenTime, writtenDate } from '../../domain/time/clock-time.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { type Acting, reporterName } from './moves.ts';
import type { Appeal, AppealStep } from './rows.ts';

/** 转办函: a letter to whom an appeal is handed on, to be printed or forwarded as it is. No telephone number, no name of who asked for none. */
export async function referralLetter(
  appeal: Appeal,
  words: string,
  acting: Pick<Acting, 'tx' | 'say' | 'content' | 'now'>,
): Promise<string> {
  const { say, content, now } = acting;
  return say('refer.letter', {
    community: content.community.name,
    number: appeal.id,
    to: appeal.referredTo ?? '',
    told: writtenDate(new Date(appeal.createdAt)),
    category: content.titles.get(appeal.category) ?? appeal.category,
    place: appeal.place ?? '',
    what: appeal.what,
    name: await reporterName(appeal, acting),
    voices: appeal.followers.length > 0 ? appeal.followers.length + 1 : '',
    text: words,
    phone: localValue('office.phone', { content }),
    today: writtenDate(now),
  });
}

/**
 * 劝阻、调解记录: what was told and what was done about it, day by day, to be printed for whom the law sends the resident to next
 * (《生态环境法典》第五百九十九条: 劝阻、调解无效的，可以投诉).
 */
export async function mediationRecord(appeal: Appeal, acting: Pick<Acting, 'tx' | 'say' | 'content' | 'now'>): Promise<string> {
  const { say, content, now } = acting;
  const steps = letteredSteps(appeal).map((step) =>
    say('record.step', { at: spokenTime(new Date(step.at)), move: say(`move.${step.move}`), text: step.text ?? '' }),
  );
  return say('record.letter', {
    number: appeal.id,
    category: content.titles.get(appeal.category) ?? appeal.category,
    place: appeal.place ?? '',
    what: appeal.what,
    name: await reporterName(appeal, acting),
    steps: steps.join('\n'),
    community: content.community.name,
    today: writtenDate(now),
  });
}

/** The steps that are told in a record: what is for the staff only, taken back or done by the clock stays out. */
export function letteredSteps({ history }: Appeal): AppealStep[] {
  return history.filter(({ move }) => !['note', 'undo', 'rate', 'archive'].includes(move));
}
