import { openStates } from '../../domain/appeal.ts';
import { waitingUntil } from '../../domain/appeal-clock.ts';
import { fromShanghai, spokenDay } from '../../domain/clock-time.ts';
import { findPlace } from '../../domain/place.ts';
import { actingIn, keep, makeMove, summaryLine, reopen as takeUpAgain, toFollowers, toReporter, toVoices } from '../appeals.ts';
import { proceed } from '../filing.ts';
import { mediationRecord, referralLetter } from '../letters.ts';
import type { Reply } from '../message.ts';
import { askRating } from '../rating-question.ts';
import { maySee } from '../staff.ts';
import type { Appeal } from '../tables.ts';
import { askLater, here, type Turn, UserError } from '../turn.ts';
import type { Call, Command } from './command.ts';

/** What is done to one appeal. The parser has looked it up; `call.appeal` is there because the declaration needs it. */
type Act = (turn: Turn, appeal: Appeal, call: Call) => Promise<readonly Reply[]>;

const onAppeal =
  (act: Act): Command['run'] =>
  async (turn, call) =>
    call.appeal ? act(turn, call.appeal, call) : [];

/** Hard cases may be put off once, by so many working days at most. */
const extensionAtMost = 15;

export const accept: Command = {
  id: 'accept',
  role: 'worker',
  needs: ['appeal'],
  move: 'accept',
  run: onAppeal(async (turn, appeal) => {
    const moved = await makeMove(actingIn(turn), { ...appeal, handler: turn.person.id, ...firstWord(turn, appeal) }, 'accept');
    return [done(turn, moved), ...toVoices(moved, turn.say('resident.accepted', { number: moved.id }))];
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
    if (!maySee(person, appeal, turn.content.categories)) throw new UserError(turn.say('staff.notStaff', { name: person.name }));
    const closing = turn.content.calendar.hours.at(-1)?.to ?? '17:30';
    const changed = { ...appeal, handler: person.id, ...(due === undefined ? {} : { answerBy: fromShanghai(due, closing).toISOString() }) };
    const moved = await makeMove(actingIn(turn), changed, 'assign', text === '' ? person.name : `${person.name} ${text}`);
    const notice = turn.say('assign.notice', {
      line: await summaryLine(moved, turn),
      due: moved.answerBy === undefined ? '' : spokenDay(new Date(moved.answerBy)),
      text,
      by: turn.person.name,
    });
    const told: Reply[] = person.id === turn.person.id ? [] : [{ to: { person: person.id }, text: notice, kind: 'notice' }];
    return [here(turn, turn.say('assign.done', { number: moved.id, name: person.name })), ...told];
  }),
};

/** 转: handed on to whom it belongs; the community keeps following. */
export const refer: Command = {
  id: 'refer',
  publicText: true,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'refer',
  run: onAppeal(async (turn, appeal, { text }) => {
    const [to = '', ...words] = text.split(/\s+/);
    const moved = await makeMove(actingIn(turn), { ...appeal, referredTo: to, ...firstWord(turn, appeal) }, 'refer', text);
    return [
      here(turn, turn.say('refer.done', { number: moved.id, to })),
      here(turn, await referralLetter(moved, words.join(' '), turn)),
      ...toVoices(moved, turn.say('resident.referred', { number: moved.id, to, text: words.join(' ') })),
    ];
  }),
};

export const answer: Command = {
  id: 'answer',
  publicText: true,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'answer',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await makeMove(actingIn(turn), { ...appeal, ...firstWord(turn, appeal) }, 'answer', text);
    const reporter = await turn.tx.get('people', moved.person);
    return [
      here(turn, turn.say(reporter?.reachable === false ? 'command.waits' : 'command.told', { number: moved.id })),
      toReporter(moved, turn.say('resident.answered', { number: moved.id, text })),
    ];
  }),
};

/** 记录: what was told and done, as a record of 劝阻 and 调解 to be printed. */
export const record: Command = {
  id: 'record',
  role: 'worker',
  needs: ['appeal'],
  run: onAppeal(async (turn, appeal) => [here(turn, await mediationRecord(appeal, turn))]),
};

/** 备注: for the staff only. */
export const note: Command = {
  id: 'note',
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'note',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await makeMove(actingIn(turn), appeal, 'note', text);
    return [here(turn, turn.say('note.done', { number: moved.id }))];
  }),
};

/** 补充: asks the resident, and stops the clock until they answer. */
export const askBack: Command = {
  id: 'ask',
  publicText: true,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'ask',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await makeMove(actingIn(turn), { ...appeal, ...firstWord(turn, appeal) }, 'ask', text);
    const until = waitingUntil(turn.now, turn.time);
    await askLater(turn.tx, turn.now, appeal.person, { kind: 'supplement', appeal: appeal.id }, until);
    return [done(turn, moved), toReporter(moved, turn.say('resident.asked', { number: moved.id, text }))];
  }),
};

/** 延期: once, by the director, with the reason told. */
export const extend: Command = {
  id: 'extend',
  publicText: true,
  role: 'director',
  needs: ['appeal', 'days', 'text'],
  move: 'extend',
  run: onAppeal(async (turn, appeal, { days = 0, text }) => {
    if (appeal.extended) throw new UserError(turn.say('extend.once', { number: appeal.id }));
    if (days < 1 || days > extensionAtMost) throw new UserError(turn.say('extend.atMost', { days: extensionAtMost }));
    const from = appeal.answerBy === undefined ? turn.now : new Date(appeal.answerBy);
    const later = turn.time.plusDays(from, days);
    if (!later) throw new UserError(turn.say('calendar.unknown'));
    const told = appeal.told.filter((wake) => wake === 'firstWord' || wake === 'outer');
    const changed = { ...appeal, answerBy: later.toISOString(), extended: true, told, ...firstWord(turn, appeal) };
    const moved = await makeMove(actingIn(turn), changed, 'extend', text);
    const date = spokenDay(later);
    return [
      here(turn, turn.say('extend.done', { number: moved.id, date })),
      ...toVoices(moved, turn.say('resident.extended', { number: moved.id, date, text })),
    ];
  }),
};

export const resolve: Command = {
  id: 'resolve',
  publicText: true,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'resolve',
  run: onAppeal(async (turn, appeal, { text }) => {
    const at = turn.now.toISOString();
    const closing = {
      ...appeal,
      result: text,
      resolvedAt: at,
      told: [],
      handler: appeal.handler ?? turn.person.id,
      ...firstWord(turn, appeal),
    };
    const moved = await makeMove(actingIn(turn), closing, 'resolve', text);
    const rated = appeal.onBehalfOf === undefined;
    const asked = rated && (await askRating(turn, moved));
    const told = !rated ? 'resident.resolvedFor' : asked ? 'resident.resolved' : 'resident.resolvedInWords';
    return [
      done(turn, moved),
      toReporter(moved, turn.say(told, { number: moved.id, what: moved.what, text })),
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
  publicText: true,
  role: 'worker',
  needs: ['appeal', 'text'],
  move: 'decline',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await makeMove(actingIn(turn), { ...appeal, result: text, ...firstWord(turn, appeal) }, 'decline', text);
    return [done(turn, moved), ...toVoices(moved, turn.say('resident.declined', { number: moved.id, text }))];
  }),
};

/** 合并: one problem, one number, every reporter kept. */
export const merge: Command = {
  id: 'merge',
  role: 'worker',
  needs: ['appeal', 'into'],
  move: 'merge',
  run: onAppeal(async (turn, appeal, { into }) => {
    if (!into || into.id === appeal.id) throw new UserError(turn.say('merge.same'));
    if (!openStates.includes(into.state)) throw new UserError(turn.say('merge.closed', { number: into.id }));
    const moved = await makeMove(actingIn(turn), { ...appeal, into: into.id }, 'merge', into.id);
    const at = turn.now.toISOString();
    const voices = [{ person: appeal.person, at, merged: appeal.id }, ...appeal.followers.map((each) => ({ ...each, merged: appeal.id }))];
    const new_ = voices.filter(({ person }) => person !== into.person && !into.followers.some((each) => each.person === person));
    const kept = await makeMove(
      actingIn(turn),
      { ...into, followers: [...into.followers, ...new_] },
      'note',
      turn.say('merge.step', { number: appeal.id }),
    );
    return [
      here(turn, turn.say('merge.done', { number: moved.id, into: kept.id, count: kept.followers.length + 1 })),
      ...toVoices(moved, turn.say('resident.merged', { number: moved.id, into: kept.id })),
    ];
  }),
};

/** 拆分: undoes a merge; everybody has their own number again. */
export const split: Command = {
  id: 'split',
  role: 'worker',
  needs: ['appeal'],
  move: 'split',
  run: onAppeal(async (turn, appeal) => {
    const { into, ...own } = appeal;
    const moved = await makeMove(actingIn(turn), own, 'split');
    const host = into === undefined ? undefined : await turn.tx.get('appeals', into);
    if (host) await keep(actingIn(turn), { ...host, followers: await stillFollowing(turn, host, appeal) });
    return [done(turn, moved), ...toVoices(moved, turn.say('resident.split', { number: moved.id }))];
  }),
};

/** 重办: takes a closed one up again. */
export const reopen: Command = {
  id: 'reopen',
  role: 'worker',
  needs: ['appeal'],
  accepts: ['text'],
  move: 'reopen',
  run: onAppeal(async (turn, appeal, { text }) => {
    const moved = await takeUpAgain(actingIn(turn), appeal, text === '' ? undefined : text);
    return [done(turn, moved), ...toVoices(moved, turn.say('resident.reopened', { number: moved.id }))];
  }),
};

/** 代报: taken down for somebody, who is known to the bot ("@张奶奶") or only by name ("姓名:张奶奶"). */
export const fileFor: Command = {
  id: 'fileFor',
  role: 'worker',
  needs: ['text'],
  accepts: ['person'],
  async run(turn, { person, text }) {
    const named = person
      ? undefined
      : (/^([^\s:：，,]{1,10})[:：]\s*([\s\S]+)$/u.exec(text) ??
        /^(\p{Script=Han}{1,3}(?:奶奶|爷爷|大爷|大妈|大叔|大姐|大哥|阿姨|婆婆|伯伯|叔|婶|嫂|哥|姐|先生|女士|师傅|老师))[\s，,、]+([\s\S]+)$/u.exec(
          text,
        ));
    const what = named?.[2] ?? text;
    const [question] = turn.content.understand(what).questions;
    const found = question.candidates.find(({ topic }) => turn.content.categories.has(topic));
    const category = turn.content.categories.get(found && found.score >= 0.3 ? found.topic : 'appeal.other');
    const outcome = await proceed(turn, {
      category: category?.id ?? 'appeal.other',
      kind: category?.kind ?? '求助',
      what: what.slice(0, 1000),
      ...placeIn(turn, what),
      anonymous: turn.content.shortAnswers.anonymous.some((shape) => shape.test(what)),
      files: [],
      ...(person ? { forPerson: person.id } : {}),
      ...(named?.[1] === undefined ? {} : { onBehalfOf: named[1] }),
    });
    return outcome.replies;
  },
};

/** Who follows the host when one appeal is taken out of it: its own people do not, unless another one of theirs is in it. */
async function stillFollowing(turn: Turn, host: Appeal, taken: Appeal): Promise<Appeal['followers']> {
  const others = (await turn.tx.find('appeals', { into: host.id })).filter(({ id }) => id !== taken.id);
  const kept = host.followers.filter(({ merged }) => merged !== taken.id);
  const again = others
    .filter(({ person }) => host.followers.some((each) => each.person === person && each.merged === taken.id))
    .map(({ id, person, createdAt }) => ({ person, at: createdAt, merged: id }));
  return [...kept, ...again];
}

/** Staff know where it is; a place that they did not write is not asked for. */
function placeIn(turn: Turn, text: string): { place: string } {
  return { place: findPlace(text, turn.content.shortAnswers.place) ?? turn.say('appeal.placeUnsaid') };
}

/** 响应率 counts the first word that a person of staff sends to the resident. */
function firstWord(turn: Turn, appeal: Appeal): Pick<Appeal, 'firstWordAt'> {
  return { firstWordAt: appeal.firstWordAt ?? turn.now.toISOString() };
}

function done(turn: Turn, appeal: Appeal): Reply {
  return here(turn, turn.say('command.done', { number: appeal.id, state: turn.say(`state.${appeal.state}`) }));
}
