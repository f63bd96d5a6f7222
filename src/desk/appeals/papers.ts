import { noteAct } from '../kernel/audit.ts';
import type { Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import type { Page } from '../kernel/papers.ts';
import { placeIn } from '../kernel/places.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { withPaper } from '../kernel/with-paper.ts';
import { openedOriginals } from '../privacy/privacy.ts';
import { likelyCategory, proceed } from './filing.ts';
import { wantsNoName } from './form.ts';
import { mediationPage, referralPage, type Unmasked } from './letter-pages.ts';
import { mediationRecord } from './letters.ts';
import { onAppeal } from './on-appeal.ts';
import type { Appeal } from './rows.ts';

/** 代报: taken down for somebody, who is known to the bot ("@张奶奶") or only by name ("姓名:张奶奶"). */
export const fileFor: Command = {
  id: 'fileFor',
  role: 'worker',
  needs: ['text'],
  accepts: ['person'],
  async run(turn, { person, text }) {
    const named = person ? undefined : namedIn(turn, text);
    const what = named?.what ?? text;
    const category = likelyCategory(turn.content, turn.content.understand(what));
    const outcome = await proceed(turn, {
      category: category?.id ?? 'appeal.other',
      kind: category?.kind ?? '求助',
      what: kept(turn, what),
      ...placeTold(turn, what),
      anonymous: wantsNoName(turn.content, what),
      files: [],
      ...(person ? { forPerson: person.id } : {}),
      ...(named === undefined ? {} : { onBehalfOf: named.name }),
    });
    return outcome.replies;
  },
};

/** 记录: what was told and done, as a record of 劝阻 and 调解 to be printed. */
export const record: Command = {
  id: 'record',
  role: 'worker',
  needs: ['appeal'],
  run: onAppeal(async (turn, appeal, { text }) => {
    const unmasked = await unmaskedFor(turn, appeal, text);
    const words = await mediationRecord(appeal, turn);
    return paperOf(turn, words, await mediationPage(appeal, turn, unmasked), unmasked);
  }),
};

/** 转办函: the letter to whom an appeal was handed on, as a Word file to be printed, signed and answered. */
export const letter: Command = {
  id: 'letter',
  role: 'worker',
  needs: ['appeal'],
  run: onAppeal(async (turn, appeal, { text }) => {
    if (appeal.referredTo === undefined) throw new UserError(turn.say('paper.notReferred', { number: appeal.id }));
    const unmasked = await unmaskedFor(turn, appeal, text);
    const words = turn.say('paper.letterDone', { number: appeal.id, to: appeal.referredTo });
    return paperOf(turn, words, await referralPage(appeal, turn, unmasked), unmasked);
  }),
};

/** Whether names and numbers are wanted whole. @throws UserError when somebody else than a director wants them, or in a group */
export function wantsOriginal(turn: Turn, text: string): boolean {
  if (!turn.content.staffWords.original.includes(text)) return false;
  if (!may(turn.person, 'director')) throw new UserError(turn.say('export.directorsOnly'));
  if (turn.room) throw new UserError(turn.say('reveal.privately'));
  return true;
}

/** What was typed for an appeal, for a director who asked for it with 原文; that is noted. */
async function unmaskedFor(turn: Turn, { id }: Appeal, text: string): Promise<Unmasked | undefined> {
  if (!wantsOriginal(turn, text)) return undefined;
  await noteAct(turn, 'paper.originals', true, id);
  const original = (await openedOriginals(turn)).get(id);
  return original === undefined ? {} : { original };
}

/** The words with the Word file; where it holds what is personal, sealed on its way and removed when it was sent. */
async function paperOf(turn: Turn, words: string, page: Page, unmasked: Unmasked | undefined): Promise<Reply[]> {
  const [text, file] = await withPaper(turn, words, (papers) => papers.word(page.title, page));
  return [unmasked ? { ...here(turn, turn.vault.seal(text), file), sealed: true } : here(turn, text, file)];
}

/** Staff know where it is; a place that they did not write is not asked for. */
function placeTold(turn: Turn, text: string): { place: string } {
  return { place: placeIn(turn.content, text) ?? turn.say('appeal.placeUnsaid') };
}

/** "王大爷: 5栋…", "李婆婆，8栋…": for whom, and what. */
function namedIn(turn: Turn, text: string): { name: string; what: string } | undefined {
  const titles = turn.content.staffWords.titles.join('|');
  const found =
    /^([^\s:：，,]{1,10})[:：]\s*([\s\S]+)$/u.exec(text) ??
    new RegExp(`^(\\p{Script=Han}{1,3}(?:${titles}))[\\s，,、]+([\\s\\S]+)$`, 'u').exec(text);
  return found ? { name: found[1] ?? '', what: found[2] ?? '' } : undefined;
}
