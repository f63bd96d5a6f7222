import { clockTime, plusMinutes, spokenDate, spokenTime } from '../../domain/time/clock-time.ts';
import { isQuiet } from '../../domain/time/quiet-hours.ts';
import { nextSlots } from '../../domain/time/schedule.ts';
import { readMoment } from '../../domain/time/spoken-time.ts';
import { paragraphsUpTo } from '../../domain/words/split-text.ts';
import { type Command, maskedToAll } from '../kernel/command.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { frozenSince } from '../sending/freeze.ts';
import { audienceFor, begin, unknownGroups } from './broadcast.ts';
import { type Composed, compose, picturesOf } from './edition.ts';
import type { Edition } from './rows.ts';
import { frozen } from './schedule.ts';
import { type Target, targetOf } from './target.ts';

const longestIntro = 300;

/** 播报 拟: takes the next edition in hand. From now on it goes out only when it was released. */
export const editionDraft: Command = {
  id: 'broadcast.draft',
  role: 'worker',
  masks: maskedToAll,
  needs: [],
  accepts: ['text'],
  async run(turn, { text }) {
    const target = await targetOf(turn, text);
    const { broadcast, slot, id, edition } = target;
    if (edition && ['planned', 'done', 'withdrawn'].includes(edition.state))
      throw new UserError(turn.say('broadcast.sentAlready', aboutOf(target)));
    if (edition?.state === 'released') throw new UserError(turn.say('broadcast.releasedAlready', aboutOf(target)));
    const intro = introOf(turn, target);
    const composed = await compose(turn, broadcast, notBefore(slot, turn), intro);
    if (!composed) throw new UserError(turn.say('broadcast.nothingToDraft', aboutOf(target)));
    await turn.tx.put('editions', {
      id,
      ...frozen(composed),
      state: 'draft',
      draftedBy: turn.person.id,
      plannedAt: turn.now.toISOString(),
    });
    return [here(turn, turn.say('broadcast.drafted', aboutOf(target))), ...(await asItWillBe(turn, target, composed))];
  },
};

/** What is said first: what was typed, or else what was typed before; nothing, where that is said. */
function introOf({ content, say }: Turn, { rest, edition }: Target): string | undefined {
  if (rest.length > longestIntro) throw new UserError(say('broadcast.longIntro', { most: longestIntro }));
  if (content.staffWords.noIntro.includes(rest)) return undefined;
  return rest === '' ? edition?.intro : rest;
}

/** 播报 看: the edition as it will be sent, message by message; in a group all its members see it (the test group). */
export const editionShow: Command = {
  id: 'broadcast.show',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn, { text }) {
    const target = await targetOf(turn, text);
    const { edition } = target;
    const composed = await current(turn, target);
    if (!composed) throw new UserError(turn.say('broadcast.nothingToDraft', aboutOf(target)));
    const state = turn.say(`editionState.${edition?.state ?? 'none'}`);
    const { rooms, people } = await audienceFor(turn, { id: target.id, ...composed }, notBefore(target.slot, turn));
    const head = turn.say('broadcast.preview', {
      ...aboutOf(target),
      state,
      groups: rooms.length,
      people: people.length,
      missing: (await unknownGroups(turn.tx, target.broadcast)).join(turn.say('list.separator')),
    });
    return [here(turn, head), ...(await asItWillBe(turn, target, composed))];
  },
};

/** 播报 审: somebody else has read the draft and found it right; a director may read their own. */
export const editionReview: Command = {
  id: 'broadcast.review',
  role: 'worker',
  needs: [],
  async run(turn, { text }) {
    const target = await targetOf(turn, text);
    const { edition, broadcast } = target;
    if (edition?.state !== 'draft') throw new UserError(turn.say('broadcast.notDraft', aboutOf(target)));
    const alone = turn.content.broadcasts.reviewers === 1;
    if (edition.draftedBy === turn.person.id && !alone && !may(turn.person, 'director'))
      throw new UserError(turn.say('broadcast.ownReview'));
    const composed = await compose(turn, broadcast, new Date(edition.sendAt ?? target.slot), edition.intro);
    if (!composed) throw new UserError(turn.say('broadcast.nothingToDraft', aboutOf(target)));
    await turn.tx.put('editions', { ...edition, ...frozen(composed), state: 'reviewed', reviewedBy: turn.person.id });
    return [here(turn, turn.say('broadcast.reviewed', aboutOf(target)))];
  },
};

/** 播报 定: releases the edition for its time, or another one; its text is frozen. Who has not drafted it has read it. */
export const editionRelease: Command<Release> = {
  id: 'broadcast.release',
  role: 'worker',
  needs: [],
  accepts: ['text'],
  async resolve(turn, { text }) {
    const target = await targetOf(turn, text);
    const at = sendingTime(turn, target);
    const { edition } = await toRelease(turn, target, at);
    return { edition: target.id, slot: target.slot.toISOString(), at: at.toISOString(), news: turn.vault.digest(newsOf(turn, edition)) };
  },
  async confirm(turn, call, act) {
    const target = await released(turn, call.text, act);
    const at = new Date(act.at);
    const { edition } = await toRelease(turn, target, at);
    const { rooms, people } = await audienceFor(turn, edition, at);
    if (rooms.length === 0 && people.length === 0) throw new UserError(turn.say('broadcast.nobody'));
    return turn.say('broadcast.releaseWarning', {
      ...aboutOf(target),
      time: at > turn.now ? spokenTime(at) : turn.say('broadcast.atOnce'),
      groups: rooms.length,
      people: people.length > 0 ? people.length : '',
      night: isQuiet(turn.content.broadcasts.quiet, at)
        ? turn.say('broadcast.waitsForMorning', { time: turn.content.broadcasts.quiet.to })
        : '',
      text: edition.text,
    });
  },
  async run(turn, { text }, act) {
    const target = await released(turn, text, act);
    const at = act.at > turn.now.toISOString() ? new Date(act.at) : turn.now;
    const { edition, composed } = await toRelease(turn, target, at);
    // What was shown is what is released: a change before the code came back is read again.
    if (turn.vault.digest(newsOf(turn, edition)) !== act.news) throw new UserError(turn.say('broadcast.changedSince', aboutOf(target)));
    const files = await picturesOf(turn, target.broadcast, composed);
    const frozenNow: Edition = { ...edition, files, state: 'released', releasedBy: turn.person.id };
    await turn.tx.put('editions', frozenNow);
    if (at > turn.now) return [here(turn, turn.say('broadcast.released', { ...aboutOf(target), time: spokenTime(at) }))];
    await begin(turn, frozenNow);
    return [here(turn, turn.say('broadcast.begun', aboutOf(target)))];
  },
};

/** Which issue is released, for when, and a digest of its news as it was shown. */
interface Release {
  readonly edition: string;
  readonly slot: string;
  readonly at: string;
  readonly news: string;
}

/** The issue that was resolved, as it is now, whatever the next one is by then. */
async function released(turn: Turn, text: string, { edition: id, slot }: Release): Promise<Target> {
  const target = await targetOf(turn, text);
  return { ...target, id, slot: new Date(slot), edition: await turn.tx.get('editions', id) };
}

/** The edition as it would be released for a moment. @throws UserError when it must not be */
async function toRelease(turn: Turn, target: Target, at: Date): Promise<{ edition: Edition; composed: Composed }> {
  const { edition, broadcast } = target;
  const about = aboutOf(target);
  if ((await frozenSince(turn.tx)) !== undefined) throw new UserError(turn.say('thaw.frozen'));
  if (edition?.state === 'released') throw new UserError(turn.say('broadcast.releasedAlready', about));
  const missed = edition?.state === 'skipped' && edition.text !== '';
  if (!edition || !(edition.state === 'draft' || edition.state === 'reviewed' || missed))
    throw new UserError(turn.say('broadcast.notDraft', about));
  if (edition.draftedBy === turn.person.id && turn.content.broadcasts.reviewers === 2)
    throw new UserError(turn.say('broadcast.ownRelease'));
  const composed = await compose(turn, broadcast, at, edition.intro);
  if (!composed) throw new UserError(turn.say('broadcast.nothingToDraft', about));
  // What was reviewed is what is sent: a change after it is read again. The day in its head may be another.
  if (edition.state === 'reviewed' && newsOf(turn, composed) !== newsOf(turn, edition))
    throw new UserError(turn.say('broadcast.changedSince', about));
  return { edition: { ...edition, ...frozen(composed) }, composed };
}

/** What of an edition has to be read again when it changes: the figures go on by themselves. */
function newsOf(turn: Turn, { sections = [] }: Pick<Edition, 'sections'>): string {
  return JSON.stringify(sections.filter(({ category }) => category !== turn.say('edition.figuresTitle')));
}

/** When it is to be sent: at the time that was said, at its slot, or at once when that has passed. */
function sendingTime(turn: Turn, { rest, slot, broadcast }: Target): Date {
  const { atOnce } = turn.content.staffWords;
  if (atOnce.includes(rest)) return turn.now;
  if (rest === '') return notBefore(slot, turn);
  const moment = readMoment(rest, turn.now, clockTime(broadcast.schedule));
  if (!moment) throw new UserError(turn.say('broadcast.whichTime', { time: rest.slice(0, 20) }));
  const [next] = nextSlots(broadcast.schedule, slot, 1);
  if (next && moment >= next) throw new UserError(turn.say('broadcast.nextByThen', { time: spokenTime(moment) }));
  if (moment < plusMinutes(turn.now, -1)) throw new UserError(turn.say('broadcast.timePassed', { time: spokenTime(moment) }));
  return moment;
}

/** The edition as it stands: what was released as it is frozen, everything else composed anew. */
async function current(turn: Turn, { edition, broadcast, slot }: Target): Promise<Omit<Composed, 'headings'> | undefined> {
  if (edition && ['released', 'planned', 'done', 'skipped'].includes(edition.state) && edition.text !== '')
    return edition as Omit<Composed, 'headings'>;
  const at = edition?.sendAt === undefined ? slot : new Date(edition.sendAt);
  return compose(turn, broadcast, at, edition?.intro);
}

/** Message by message, as a group will read it, with its pictures. */
async function asItWillBe(turn: Turn, { broadcast }: Target, composed: Omit<Composed, 'headings'> & Partial<Composed>) {
  const { headings } = composed;
  const files = headings ? await picturesOf(turn, broadcast, { ...composed, headings }) : (composed.files ?? []);
  const parts = paragraphsUpTo(composed.text, turn.content.broadcasts.longest);
  const [first, ...others] = files;
  return [
    ...parts.map((part, index) => here(turn, part, index === parts.length - 1 ? first : undefined)),
    ...others.map((file) => here(turn, '', file)),
  ];
}

/** The slot, or now when that has passed. */
function notBefore(slot: Date, { now }: Turn): Date {
  return slot > now ? slot : now;
}

function aboutOf({ broadcast, slot }: Pick<Target, 'broadcast' | 'slot'>): { title: string; date: string } {
  return { title: broadcast.title, date: spokenDate(slot) };
}
