import { z } from 'zod';
import { saysOne } from '../../domain/words/short-answer.ts';
import { firstWord } from '../commands/parse.ts';
import { recentList } from '../commands/recent-list.ts';
import type { Command } from '../kernel/command.ts';
import { ask, question, settle } from '../kernel/question.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { pictureOfJustNow, togetherMinutes } from '../news/pictures.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** The pictures of a place that somebody said they would send. */
    streetPicture: z.infer<typeof ofPicture>;
  }
}

const ofPicture = z.object({ place: z.string(), text: z.string() });

const longestName = 20;
const longestText = 60;
/** So many pictures of one place: nobody looks at more. */
const ofPlaceAtMost = 12;
const listedAtMost = 50;

/** 街景 加: a picture of a place for the site, sent just before or right after. */
export const streetAdd: Command = {
  id: 'streetView.add',
  role: 'worker',
  needs: ['text'],
  async run(turn, { text }) {
    const { place, words } = placeMeant(turn, text);
    if (place.length > longestName || words.length > longestText)
      throw new UserError(turn.say('streetView.tooLong', { name: longestName, words: longestText }));
    const files = await pictureOfJustNow(turn);
    await ask(turn, { kind: 'streetPicture', place, text: words });
    if (files.length === 0) return [here(turn, turn.say('streetView.sendIt', { place }))];
    return [here(turn, await added(turn, { place, text: words }, files))];
  },
};

/** 街景 列: which pictures there are, by number. */
export const streetList: Command = {
  id: 'streetView.list',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    const all = (await turn.tx.find('streetViews')).sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.at < b.at ? -1 : 1));
    const shown = all.slice(0, listedAtMost);
    if (shown.length === 0) return [here(turn, turn.say('streetView.none'))];
    turn.conversation.listed = { of: 'pictures', rows: shown.map(({ id }) => [id]), at: turn.now.toISOString() };
    const lines = shown.map(({ place, text = '' }, index) => turn.say('streetView.line', { number: index + 1, place, text }));
    return [here(turn, turn.say('streetView.list', { count: all.length, lines: lines.join('\n') }))];
  },
};

/** 街景 删: takes a picture off the site; its file goes too. */
export const streetRemove: Command = {
  id: 'streetView.remove',
  role: 'worker',
  needs: ['row'],
  async run(turn, { row = 0 }) {
    const rows = recentList(turn, 'pictures');
    if (!rows) throw new UserError(turn.say('streetView.listFirst'));
    const [id = ''] = rows[row - 1] ?? [];
    const view = await turn.tx.get('streetViews', id);
    if (!view) throw new UserError(turn.say('streetView.noRow', { row }));
    await turn.tx.remove('streetViews', id);
    return [here(turn, turn.say('streetView.removed', { place: view.place }))];
  },
};

/** Pictures that follow belong to the place, as long as they come right after. */
export const streetPicture = question<'streetPicture', 'cancel' | { readonly file: string }>({
  remembers: ofPicture,
  minutes: togetherMinutes,
  owed: true,
  ofStaff: true,
  reads(turn) {
    const { file, kind } = turn.message;
    if (file !== undefined && kind === 'image') return { answer: { file } };
    return saysOne(turn.text, turn.content.shortAnswers.cancel) ? { answer: 'cancel' } : 'other';
  },
  async answers(turn, { place, text }, answer) {
    if (answer !== 'cancel')
      return { decision: 'action', topic: null, replies: [here(turn, await added(turn, { place, text }, [answer.file]))] };
    await settle(turn);
    return { decision: 'action', topic: null, replies: [here(turn, turn.say('command.cancelled'))] };
  },
});

/** Puts pictures of a place on the site. @returns what is said of it */
async function added(turn: Turn, { place, text }: z.infer<typeof ofPicture>, files: readonly string[]): Promise<string> {
  const { tx, ids, now, say } = turn;
  const before = await tx.count('streetViews', { place });
  if (before + files.length > ofPlaceAtMost) throw new UserError(say('streetView.full', { place, most: ofPlaceAtMost }));
  for (const file of files)
    await tx.insert('streetViews', { id: ids.id(), at: now.toISOString(), place, ...(text === '' ? {} : { text }), file });
  return say('streetView.added', { place, count: before + files.length });
}

/** The place that a text begins with, by the community's own name for it, and what is said of it; else its first word is one. */
function placeMeant({ content }: Turn, text: string): { place: string; words: string } {
  const { compounds, roads, landmarks } = content.placeNames;
  const named = [...compounds, ...roads, ...landmarks].flatMap(({ name, also }) => [name, ...also].map((called) => ({ called, name })));
  const known = [...(content.map?.spots ?? []).map(({ name }) => ({ called: name, name })), ...named];
  const [longest] = known.filter(({ called }) => text.startsWith(called)).sort((a, b) => b.called.length - a.called.length);
  if (longest) return { place: longest.name, words: text.slice(longest.called.length).replace(/^[\s，,：:]+/u, '') };
  const { word, after } = firstWord(text);
  return { place: word, words: after };
}
