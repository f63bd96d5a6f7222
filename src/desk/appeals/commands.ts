import { isJudged } from '../../domain/appeals/appeal.ts';
import { waitingUntil } from '../../domain/appeals/appeal-clock.ts';
import { fromShanghai, inShanghai, spokenDay, spokenWeekday } from '../../domain/time/clock-time.ts';
import { type Call, type Command, maskedToOne } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { askLater } from '../kernel/question.ts';
import { howTold } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { brieflyOwn } from '../kernel/whole.ts';
import { awayTold } from './absences.ts';
import { wordInGroup } from './group-word.ts';
import { doubtsOf } from './last-look.ts';
import { referralLetter } from './letters.ts';
import { actingIn, firstWord, makeMove, namedAppeal, progressOf, summaryLine, toFollowers, toReporter, toVoices } from './moves.ts';
import { done, onAppeal } from './on-appeal.ts';
import type { Appeal } from './rows.ts';
import { maySee, toHandler } from './staff.ts';

/** Hard cases may be put off once, by so many working days at most. */
const extensionAtMost = 15;

export const accept: Command = {
  id: 'accept',
  role: 'worker',
  needs: ['appeal'],
  move: 'accept',
  runsOn: true,
  run: onAppeal(async (turn, appeal) => {
    const moved = await makeMove(actingIn(turn), { ...appeal, handler: turn.person.id, ...firstWord(turn, appeal) }, 'accept');
    return [
      await done(turn, moved),
      ...toVoices(moved, turn.say('resident.accepted', { number: moved.id }), progressOf(turn, moved, 'accepted')),
    ];
  }),
};

/** 派: whose it is, perhaps with a day and a word. */
export const assign: Command = {
  id: 'assign',
  colleague: true,
  role: 'worker',
  needs: ['appeal', 'person'],
  accepts: ['due', 'text'],
  move: 'assign',
  run: onAppeal(async (turn, appeal, { person, due, text }) => {
    if (!person) return [];
    if (person.role === undefined) throw new UserError(turn.say('staff.notStaff', { name: person.name }));
    if (!maySee(person, appeal, turn.content.categories)) throw new UserError(turn.say('staff.mayNotSee', { name: person.name }));
    const day = due === undefined ? undefined : fromShanghai(due, closingOf(turn));
    const moved = await makeMove(
      actingIn(turn),
      { ...appeal, handler: person.id },
      'assign',
      text === '' ? person.name : `${person.name} ${text}`,
      day,
    );
    const notice = turn.say('assign.notice', {
      line: await summaryLine(moved, turn),
      due: dueOf(turn, moved),
      text,
      by: turn.person.name,
    });
    const told: Reply[] = person.id === turn.person.id ? [] : await toHandler(turn, moved, notice);
    return [
      here(
        turn,
        turn.say('assign.done', {
          appeal: await namedAppeal(moved, turn),
          name: person.name,
          due: dueOf(turn, moved),
          away: await awayTold(turn, person),
        }),
      ),
      ...told,
    ];
  }),
};

/** When the office closes, HH:mm. */
function closingOf({ content }: Turn): string {
  return content.calendar.hours.at(-1)?.to ?? '17:30';
}

/** By when it is to be answered: "11月27日（周五）". */
function dueOf({ now }: Turn, { answerBy }: Appeal): string {
  if (answerBy === undefined) return '';
  const at = new Date(answerBy);
  return `${spokenDay(at, now)}（${spokenWeekday(inShanghai(at).weekday)}）`;
}

/** 转: handed on to whom it belongs; the community keeps following. */
export const refer: Command = {
  id: 'refer',
  masks: maskedToOne,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'refer',
  run: onAppeal(async (turn, appeal, { text }) => {
    const office = turn.content.staffWords.offices.find((name) => text.startsWith(name));
    const [to = '', ...words] =
      office === undefined ? text.split(/\s+/) : [office, text.slice(office.length).replace(/^[\s，,、：:]+/u, '')];
    const moved = await makeMove(actingIn(turn), { ...appeal, referredTo: to, ...firstWord(turn, appeal) }, 'refer', text);
    return [
      here(turn, turn.say('refer.done', { appeal: await namedAppeal(moved, turn), to })),
      here(turn, await referralLetter(moved, words.join(' '), turn)),
      ...toVoices(
        moved,
        turn.say('resident.referred', { number: moved.id, to, text: words.join(' ') }),
        progressOf(turn, moved, 'progress'),
      ),
    ];
  }),
};

export const answer: Command = {
  id: 'answer',
  masks: maskedToOne,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'answer',
  doubts: doubtsOf('answer'),
  run: onAppeal(async (turn, appeal, { text, despite }) => {
    const moved = await makeMove(actingIn(turn, despite), { ...appeal, ...firstWord(turn, appeal) }, 'answer', text);
    const reporter = await turn.tx.get('people', moved.person);
    return [
      here(turn, turn.say(howTold(reporter), { appeal: await namedAppeal(moved, turn) })),
      toReporter(moved, turn.say('resident.answered', { number: moved.id, text }), progressOf(turn, moved, 'progress')),
    ];
  }),
};

/** 备注: for the staff only. */
export const note: Command = {
  id: 'note',
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'note',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await makeMove(actingIn(turn), appeal, 'note', text);
    return [here(turn, turn.say('note.done', { appeal: await namedAppeal(moved, turn) }))];
  }),
};

/** 补充: asks the resident, and stops the clock until they answer. */
export const askBack: Command = {
  id: 'ask',
  masks: maskedToOne,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'ask',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await makeMove(actingIn(turn), { ...appeal, ...firstWord(turn, appeal) }, 'ask', text);
    const until = waitingUntil(turn.now, turn.time);
    await askLater(turn, appeal.person, { kind: 'supplement', appeal: appeal.id }, until);
    return [
      await done(turn, moved),
      toReporter(moved, turn.say('resident.asked', { number: moved.id, text }), progressOf(turn, moved, 'asked')),
      ...(await wordInGroup(actingIn(turn), moved)),
    ];
  }),
};

/** 延期: once, by the director, with the reason told; by so many working days, or until a day. */
export const extend: Command = {
  id: 'extend',
  masks: maskedToOne,
  role: 'director',
  needs: ['appeal', 'text'],
  accepts: ['days', 'due'],
  move: 'extend',
  run: onAppeal(async (turn, appeal, call) => {
    const { text } = call;
    if (appeal.extended) throw new UserError(turn.say('extend.once', { number: appeal.id }));
    const later = extendedTo(turn, appeal, call);
    const changed = { ...appeal, extended: true, ...firstWord(turn, appeal) };
    const moved = await makeMove(actingIn(turn), changed, 'extend', text, later);
    const date = spokenDay(later, turn.now);
    return [
      here(turn, turn.say('extend.done', { appeal: await namedAppeal(moved, turn), date })),
      ...toVoices(moved, turn.say('resident.extended', { number: moved.id, date, text }), progressOf(turn, moved, 'progress')),
    ];
  }),
};

/** Until when an appeal is put off. @throws UserError where no day is told, or none that may be */
function extendedTo(turn: Turn, { answerBy }: Appeal, { days, due, text }: Call): Date {
  const { say, time, now, content } = turn;
  const example = content.commands.get('extend')?.example ?? '';
  if (days === undefined && due === undefined)
    throw new UserError(say('extend.whichDay', { word: (text.split(/\s/u)[0] ?? '').slice(0, 20), example }));
  const from = answerBy === undefined ? now : new Date(answerBy);
  const later = due === undefined ? time.plusDays(from, days ?? 0) : fromShanghai(due, closingOf(turn));
  const latest = time.plusDays(from, extensionAtMost);
  if (!later || !latest || !turn.knows(later)) throw new UserError(say('calendar.unknown'));
  if (inShanghai(later).date <= inShanghai(from).date) throw new UserError(say('extend.notLater', { date: spokenDay(from, now), example }));
  if (later > latest) throw new UserError(say('extend.atMost', { days: extensionAtMost, date: spokenDay(latest, now) }));
  return later;
}

export const resolve: Command = {
  id: 'resolve',
  masks: maskedToOne,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'resolve',
  runsOn: true,
  doubts: doubtsOf('result'),
  run: onAppeal(async (turn, appeal, { text, despite }) => {
    const at = turn.now.toISOString();
    const closing = {
      ...appeal,
      result: text,
      resolvedAt: at,
      told: [],
      handler: appeal.handler ?? turn.person.id,
      ...firstWord(turn, appeal),
    };
    const moved = await makeMove(actingIn(turn, despite), closing, 'resolve', text);
    const rated = appeal.onBehalfOf === undefined && isJudged(appeal.kind);
    const asked = rated && (await askLater(turn, moved.person, { kind: 'rating', appeal: moved.id }));
    const told = !isJudged(appeal.kind)
      ? 'resident.praiseTold'
      : !rated
        ? 'resident.resolvedFor'
        : asked
          ? 'resident.resolved'
          : 'resident.resolvedInWords';
    return [
      await done(turn, moved),
      toReporter(
        moved,
        turn.say(told, { number: moved.id, what: brieflyOwn(turn.say, moved.what), text }),
        progressOf(turn, moved, 'resolved'),
      ),
      ...(await wordInGroup(actingIn(turn), moved)),
      ...toFollowers(
        moved,
        turn.say('resident.resolvedJoined', {
          number: moved.id,
          title: turn.content.titles.get(moved.category) ?? '',
          place: moved.place ?? '',
          text,
        }),
      ),
    ];
  }),
};

/** 不受理: with the reason, and where to go instead. */
export const decline: Command = {
  id: 'decline',
  masks: maskedToOne,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'decline',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await makeMove(actingIn(turn), { ...appeal, result: text, ...firstWord(turn, appeal) }, 'decline', text);
    return [
      await done(turn, moved),
      ...toVoices(moved, turn.say('resident.declined', { number: moved.id, text }), progressOf(turn, moved, 'resolved')),
      ...(await wordInGroup(actingIn(turn), moved)),
    ];
  }),
};
