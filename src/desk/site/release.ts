import { finerPlace } from '../../domain/words/finer-place.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import type { Appeal } from '../appeals/rows.ts';
import { publicRecord } from '../figures/public-record.ts';
import type { Call, Command } from '../kernel/command.ts';
import { placesOf } from '../kernel/places.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import type { Release } from './rows.ts';

/** A sentence, not a report. */
const longestSentence = 120;
const done: readonly Appeal['state'][] = ['resolved', 'archived'];

/**
 * 公示: what any resident may read, as they read it. With a case that is done, what was done about it, in a sentence: the one given, or the
 * result that its reporter was told. It is read by everybody once it was confirmed as shown; “取消” takes it back.
 */
export const publish: Command<Release | undefined> = {
  id: 'publish',
  role: 'worker',
  needs: [],
  accepts: ['appeal', 'text'],
  open: true,
  async resolve(turn, call) {
    return call.appeal && !isTakenBack(turn, call) ? releaseOf(turn, call.appeal, call.text) : undefined;
  },
  async confirm(turn, _, act) {
    if (!act) return undefined;
    return turn.say('release.confirm', { number: act.id, text: act.text, place: act.place ?? '' });
  },
  async run(turn, call, act) {
    if (act) {
      await turn.tx.put('releases', act);
      return [here(turn, turn.say('release.done', { number: act.id }))];
    }
    return [here(turn, call.appeal ? await takeBack(turn, call.appeal) : await publicRecord(turn))];
  },
};

function isTakenBack({ content }: Turn, { text }: Call): boolean {
  return content.staffWords.undo.includes(text);
}

async function takeBack({ tx, say }: Turn, { id }: Appeal): Promise<string> {
  if (!(await tx.get('releases', id))) throw new UserError(say('release.none', { number: id }));
  await tx.remove('releases', id);
  return say('release.takenBack', { number: id });
}

/** @throws UserError when the case is not done, is about the staff, or the sentence tells who it was */
async function releaseOf(turn: Turn, appeal: Appeal, typed: string): Promise<Release> {
  const { say, content, now } = turn;
  const { id, state, category, person, round, result, erased } = appeal;
  if (!done.includes(state) || erased) throw new UserError(say('release.notDone', { number: id }));
  if (content.categories.get(category)?.discreet) throw new UserError(say('release.discreet', { number: id }));
  const text = oneLine(typed === '' ? (result ?? '') : typed);
  if (text === '' || text.length > longestSentence) throw new UserError(say('release.length', { number: id, most: longestSentence }));
  const finer = finerPlace(text, placesOf(content));
  if (finer !== undefined) throw new UserError(say('release.finer', { number: id, found: finer }));
  const name = await namedIn(turn, appeal, text);
  if (name !== undefined) throw new UserError(say('release.named', { found: name }));
  const place = publicPlace(turn, appeal);
  return { id, at: now.toISOString(), round, person, category, ...(place === undefined ? {} : { place }), text };
}

/** The name of somebody who told of it and is named in the sentence. */
async function namedIn({ tx }: Turn, { person, followers, onBehalfOf }: Appeal, text: string): Promise<string | undefined> {
  const people = await Promise.all([person, ...followers.map((each) => each.person)].map((each) => tx.get('people', each)));
  const names = [onBehalfOf, ...people.map((each) => each?.name)];
  return names.find((name) => name !== undefined && name.length > 1 && text.includes(name));
}

/** The compound, landmark or road of a case, by the community's own name for it. */
function publicPlace({ content }: Turn, { place }: Appeal): string | undefined {
  const found = place === undefined ? undefined : placesOf(content).find(place);
  const { compounds, landmarks, roads } = content.placeNames;
  const known = new Set([...compounds, ...landmarks, ...roads].map(({ name }) => name));
  return [found?.compound, found?.landmark, found?.road].find((name) => name !== undefined && known.has(name));
}
