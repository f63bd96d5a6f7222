import { spokenTime, writtenDate } from '../../domain/time/clock-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import type { Page } from '../kernel/papers.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { letteredSteps } from './letters.ts';
import { type Acting, reporterName } from './moves.ts';
import type { Appeal } from './rows.ts';

type Writing = Pick<Acting, 'tx' | 'say' | 'content' | 'now'>;

/** Whose name stands in a paper: "张某"; the whole name, and what was typed with its numbers, where a director asked for it. */
export interface Unmasked {
  readonly original?: string;
}

/** A name of which only the first character is told. Nobody's who asked to stay unnamed. */
export async function nameInPaper(appeal: Appeal, writing: Writing, whole: boolean): Promise<string> {
  const name = oneLine(await reporterName(appeal, writing));
  const [first] = [...name];
  return whole || appeal.anonymous || first === undefined ? name : writing.say('paper.someone', { first });
}

/** 转办函 as it is printed, signed and answered. */
export async function referralPage(appeal: Appeal, writing: Writing, unmasked?: Unmasked): Promise<Page> {
  const { say, content, now } = writing;
  const values = {
    community: content.community.name,
    to: appeal.referredTo ?? '',
    phone: localValue('office.phone', { content }),
    voices: appeal.followers.length > 0 ? appeal.followers.length + 1 : '',
  };
  return {
    title: say('paper.referral'),
    blocks: [
      { paragraph: say('paper.referralTo', values), flush: true },
      { paragraph: say('paper.referralIntro') },
      await facts(appeal, writing, unmasked),
      { paragraph: say('paper.referralAsk', values) },
    ],
    signLines: say('paper.referralSigned').split('\n'),
    signature: [say('paper.committee', values), writtenDate(now)],
  };
}

/** 劝阻、调解记录 as it is printed and signed by those who were there. */
export async function mediationPage(appeal: Appeal, writing: Writing, unmasked?: Unmasked): Promise<Page> {
  const { say, content, now } = writing;
  const rows = letteredSteps(appeal).map(({ at, move, text = '' }) => [spokenTime(new Date(at)), say(`move.${move}`), oneLine(text)]);
  return {
    title: say('paper.mediation'),
    blocks: [
      await facts(appeal, writing, unmasked),
      { heading: say('paper.course') },
      { head: [say('export.at'), say('export.move'), say('export.text')], rows, widths: [24, 16, 60] },
      { heading: say('paper.outcome') },
      { paragraph: appeal.result ?? say('paper.noOutcome') },
    ],
    signLines: say('paper.mediationSigned').split('\n'),
    signature: [say('paper.committee', { community: content.community.name }), writtenDate(now)],
  };
}

/** What was told, by whom, when and where. */
async function facts(appeal: Appeal, writing: Writing, unmasked?: Unmasked): Promise<Page['blocks'][number]> {
  const { say, content } = writing;
  const { original } = unmasked ?? {};
  const rows = [
    [say('export.number'), appeal.id],
    [say('export.at'), writtenDate(new Date(appeal.createdAt))],
    [say('export.name'), await nameInPaper(appeal, writing, unmasked !== undefined)],
    [say('export.category'), content.titles.get(appeal.category) ?? appeal.category],
    [say('export.place'), oneLine(appeal.place ?? '')],
    [say('export.what'), oneLine(appeal.what)],
    ...(original === undefined ? [] : [[say('export.original'), oneLine(original)]]),
  ];
  return { head: [say('paper.item'), say('export.what')], rows, widths: [22, 78] };
}
