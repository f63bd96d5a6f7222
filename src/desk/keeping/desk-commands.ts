import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate } from '../../domain/appeals/appeal-clock.ts';
import { plusMinutes, spokenTime, spokenWeekday } from '../../domain/time/clock-time.ts';
import { readWeekday } from '../../domain/time/spoken-time.ts';
import { talksOf } from '../appeals/staff-talk.ts';
import { whoIs } from '../commands/who.ts';
import { alarmsOn } from '../danger/alarms.ts';
import type { Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import type { Switch } from '../kernel/rows.ts';
import { dutyOn } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { holderOf, takenOverBy } from '../people/take-over.ts';
import { frozenSince } from '../sending/freeze.ts';
import { deskHealth } from './health.ts';

/** Of a word that is not understood so much is said back. */
const longestWord = 20;
const takeOverMinutes = 60;
const takeOverAtMost = 8 * 60;

/** 值班: who is called first when somebody is in danger; with a day of the week, on that day of every week. */
export const duty: Command = {
  id: 'duty',
  colleague: true,
  role: 'worker',
  needs: [],
  accepts: ['person', 'text'],
  open: true,
  bare: true,
  async run(turn, { person, text }) {
    const row = (await turn.tx.get('switches', 'duty')) ?? { id: 'duty' as const, since: turn.now.toISOString() };
    if (!person && text !== '') throw new UserError(turn.say('duty.whom'));
    if (!person) return [here(turn, await dutyRoster(turn, row))];
    if (person.role === undefined) throw new UserError(turn.say('staff.notStaff', { name: person.name }));
    const weekday = readWeekday(text);
    if (text !== '' && weekday === undefined) throw new UserError(turn.say('duty.noDay', { word: text.slice(0, longestWord) }));
    const since = turn.now.toISOString();
    if (weekday === undefined) await turn.tx.put('switches', { ...row, since, person: person.id });
    else await turn.tx.put('switches', { ...row, since, roster: { ...row.roster, [weekday]: person.id } });
    const day = weekday === undefined ? '' : turn.say('duty.everyWeek', { day: spokenWeekday(weekday) });
    return [here(turn, turn.say('duty.set', { name: person.name, day }))];
  },
};

async function dutyRoster(turn: Turn, { person, roster = {} }: Switch): Promise<string> {
  const nameOf = async (id: string) => (await turn.tx.get('people', id))?.name ?? '';
  const days = await Promise.all(
    Object.entries(roster).map(async ([day, id]) => turn.say('duty.line', { day: spokenWeekday(Number(day)), name: await nameOf(id) })),
  );
  if (person === undefined && days.length === 0) return turn.say('duty.nobody');
  return turn.say('duty.now', { name: person === undefined ? '' : await nameOf(person), lines: days.join('\n') });
}

/** 接管: a person answers a resident by hand for a while; the bot is silent there but for danger, and passes on what is said. */
export const takeOver: Command = {
  id: 'takeOver',
  role: 'worker',
  needs: ['person'],
  accepts: ['minutes'],
  async run(turn, { person, minutes = takeOverMinutes }) {
    if (!person) return [];
    if (person.id === turn.person.id) throw new UserError(turn.say('takeOver.self'));
    if (person.role !== undefined) throw new UserError(turn.say('takeOver.colleague', { name: person.name }));
    if (!person.reachable) throw new UserError(turn.say('takeOver.unreachable', { name: person.name }));
    const known = (await turn.tx.get('conversations', person.id)) ?? { id: person.id, misses: 0 };
    const held = holderOf(known, turn.now);
    if (held !== undefined && held !== turn.person.id) {
      const holder = await turn.tx.get('people', held);
      throw new UserError(turn.say('takeOver.held', { name: person.name, by: holder?.name ?? '' }));
    }
    const until = plusMinutes(turn.now, Math.min(minutes, takeOverAtMost));
    await turn.tx.put('conversations', { ...known, takenOverUntil: until.toISOString(), takenOverBy: turn.person.id });
    return [
      here(turn, turn.say('takeOver.done', { who: await whoIs(turn, person), name: person.name, until: spokenTime(until) })),
      { to: { person: person.id }, text: turn.say('takeOver.resident'), kind: 'notice' },
    ];
  },
};

/** 交还: the bot answers again. */
export const giveBack: Command = {
  id: 'giveBack',
  role: 'worker',
  needs: [],
  bare: true,
  async run(turn) {
    const held = await takenOverBy(turn);
    const talks = await talksOf(turn);
    if (held.length === 0 && talks.length === 0) throw new UserError(turn.say('takeOver.none'));
    const replies: Reply[] = [];
    for (const person of talks) {
      const known = (await turn.tx.get('conversations', person)) ?? { id: person, misses: 0 };
      await turn.tx.put('conversations', { ...known, talkEndedAt: turn.now.toISOString() });
    }
    for (const { takenOverUntil: _, takenOverBy: __, ...conversation } of held) {
      await turn.tx.put('conversations', { ...conversation, talkEndedAt: turn.now.toISOString() });
      replies.push({ to: { person: conversation.id }, text: turn.say('takeOver.backResident'), kind: 'notice' });
    }
    return [here(turn, turn.say('takeOver.back')), ...replies];
  },
};

/** What 状态 tells in numbers; of everything else it names what is not well. */
const inNumbers: readonly string[] = ['duty', 'late', 'facts', 'unsure', 'failed', 'frozen'];

/** 状态: how the desk stands, in a few lines; `npm run doctor` on the host tells the whole. */
export const deskStatus: Command = {
  id: 'status',
  role: 'worker',
  needs: [],
  open: true,
  bare: true,
  async run(turn) {
    const { tx, say, content } = turn;
    const open = await tx.find('appeals', { state: openStates });
    const alarms = (await alarmsOn(tx)).length;
    const onDuty = await dutyOn(tx, turn.now);
    const deliveries = (state: 'queued' | 'waiting' | 'unsure' | 'failed') => tx.count('deliveries', { state });
    return [
      here(
        turn,
        say('desk.status', {
          alarms: alarms === 0 ? '' : say('alarm.countOn', { count: alarms }),
          open: open.length,
          urgent: open.filter(({ urgent }) => urgent).length,
          late: open.filter((appeal) => isLate(appeal, turn.now)).length,
          unassigned: open.filter(({ handler }) => handler === undefined).length,
          queued: await deliveries('queued'),
          waiting: await deliveries('waiting'),
          unsure: await deliveries('unsure'),
          failed: await deliveries('failed'),
          unset: [...content.local.values()].filter(({ value }) => value === undefined).length,
          facts: content.local.size,
          duty: onDuty?.name ?? say('duty.nobody'),
          problems: (await deskHealth(turn))
            .filter(({ id, condition }) => condition !== 'well' && !inNumbers.includes(id))
            .map(({ text }) => say('desk.problem', { text }))
            .join('\n'),
          frozen: (await frozenSince(tx)) === undefined ? '' : say('thaw.frozen'),
        }),
      ),
    ];
  },
};
