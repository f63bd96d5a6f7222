import type { Command } from '../kernel/command.ts';
import { placeIn } from '../kernel/places.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { likelyCategory, proceed } from './filing.ts';
import { wantsNoName } from './form.ts';
import { mediationRecord } from './letters.ts';

import { onAppeal } from './on-appeal.ts';

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
      what: what.slice(0, 1000),
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
  run: onAppeal(async (turn, appeal) => [here(turn, await mediationRecord(appeal, turn))]),
};

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
