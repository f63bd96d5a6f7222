import { openStates } from '../../domain/appeals/appeal.ts';
import { inOtherBuilding } from '../../domain/words/place.ts';
import { justBefore, proceed, similarQuestion } from '../appeals/filing.ts';
import { newDraft, saysMeToo } from '../appeals/form.ts';
import type { Appeal } from '../appeals/rows.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { ask } from '../kernel/question.ts';
import { type Handler, here, type Turn } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { openPage } from './menu-page.ts';

/**
 * "+1", "我们8栋也是" in a group, just after a neighbour has told of something there: their voice is offered to that; of another building it is a
 * matter of its own, of the same kind.
 */
export const meToo: Handler = async (turn) => {
  if (turn.room?.kind !== 'residents' || !turn.message.addressed || turn.asked || openPage(turn)) return undefined;
  const told = saysMeToo(turn.content, turn.text) ? await toldHere(turn) : undefined;
  if (!told) return undefined;
  const { category, kind, place: there = '' } = told;
  const place = placeIn(turn.content, turn.text);
  const draft = { ...newDraft(turn, category, kind), what: kept(turn, turn.text) };
  if (place !== undefined && inOtherBuilding(place, there, placesOf(turn.content))) {
    const topic = turn.content.titles.get(category) ?? '';
    return proceed(turn, { ...draft, what: kept(turn, turn.say('appeal.visit', { topic, text: turn.text })), place });
  }
  await ask(turn, { kind: 'join', draft: { ...draft, ...(told.place === undefined ? {} : { place: told.place }) }, appeal: told.id });
  return { decision: 'appeal', topic: category, replies: [here(turn, similarQuestion(turn, told))] };
};

/** What somebody else told of last in this group, a moment ago, that may be the matter of many. */
async function toldHere({ tx, now, room, person, content }: Turn): Promise<Appeal | undefined> {
  const lately = await tx.find('appeals', { createdAt: { atLeast: justBefore(now) } }, { by: 'createdAt' });
  return lately.findLast((appeal) => {
    const category = content.categories.get(appeal.category);
    const isTheirs = appeal.person === person.id || appeal.followers.some((each) => each.person === person.id);
    const isShared = category !== undefined && !category.personal && !category.discreet && !appeal.anonymous;
    return appeal.room === room?.id && openStates.includes(appeal.state) && !isTheirs && isShared;
  });
}
