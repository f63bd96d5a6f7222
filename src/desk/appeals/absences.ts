import { dateAfter, fromShanghai, inShanghai, spokenDay } from '../../domain/time/clock-time.ts';
import { type Leave, readLeave } from '../../domain/time/leave.ts';
import { type PersonRead, personMeant } from '../commands/person-meant.ts';
import type { Chore } from '../kernel/chore.ts';
import type { Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import type { Absence, Person } from '../kernel/rows.ts';
import { awayNow, may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { queue } from '../sending/deliveries.ts';
import { mattersOf, openInHand } from './responsible.ts';

/** The hour in Shanghai at which people hear that somebody is back. */
const morningHour = 8;

/** 请假: some days on which somebody's matters go to a deputy, or to whoever is on duty; they come back by themselves. */
export const absence: Command = {
  id: 'absence',
  role: 'worker',
  needs: [],
  accepts: ['text'],
  open: true,
  async run(turn, { text }) {
    if (text === '') return [here(turn, await listOf(turn))];
    const { person, deputy, words } = await readLine(turn, text);
    if (person.id !== turn.person.id && !may(turn.person, 'director')) throw new UserError(turn.say('absence.other'));
    if (turn.content.staffWords.back.includes(words)) return endNow(turn, person);
    if (deputy?.id === person.id) throw new UserError(turn.say('absence.self'));
    const row = await keepAbsence(turn, person, deputy, leaveIn(turn, words));
    return [here(turn, await told(turn, person, row, deputy, words)), ...(await toDeputy(turn, person, row, deputy))];
  },
};

/** Who is away, who acts for them, and what else was said. A name before the days is who is away, one after them the deputy. */
async function readLine(turn: Turn, text: string): Promise<{ person: Person; deputy: Person | undefined; words: string }> {
  const people: Person[] = [];
  const words: string[] = [];
  let left = text;
  for (let at = left.search(/[@＠]/u); at >= 0; at = left.search(/[@＠]/u)) {
    words.push(left.slice(0, at));
    const { person, after } = await colleague(turn, left.slice(at));
    people.push(person);
    left = after;
  }
  const said = [...words, left].join(' ').replace(/\s+/gu, ' ').trim();
  const first = words[0]?.trim() === '' && (people.length > 1 || may(turn.person, 'director')) ? people[0] : undefined;
  return { person: first ?? turn.person, deputy: first ? people[1] : people[0], words: said };
}

async function colleague(turn: Turn, text: string): Promise<PersonRead> {
  const read = await personMeant(turn, text, { needs: ['person'], colleague: true });
  if (!read) throw new UserError(turn.say('staff.nobodyOfThatName', { name: text.slice(1, 20) }));
  if (read.person.role === undefined) throw new UserError(turn.say('staff.notStaff', { name: read.person.name }));
  return read;
}

/** The days that the words tell, whatever reason follows them. */
function leaveIn(turn: Turn, words: string): Leave {
  const { time, now } = turn;
  const today = inShanghai(now).date;
  const days = {
    today,
    todayCounts: (time.minutesBetween(now, fromShanghai(dateAfter(today, 1), '00:00')) ?? 0) > 0,
    workingDay: (after: string, count: number) => {
      const by = time.plusDays(fromShanghai(after, '12:00'), count);
      return by && inShanghai(by).date;
    },
  };
  const parts = words.split(' ');
  const leave = [words, parts.slice(0, 2).join(' '), parts[0] ?? ''].map((said) => readLeave(said, days)).find((each) => each);
  if (!leave) throw new UserError(turn.say('absence.unreadable', { text: words.slice(0, 20) }));
  if (leave.until < today) throw new UserError(turn.say('absence.passed', { day: spokenDay(fromShanghai(leave.until, '12:00'), now) }));
  return leave;
}

async function keepAbsence(turn: Turn, { id }: Person, deputy: Person | undefined, { from, until }: Leave): Promise<Absence> {
  const today = inShanghai(turn.now).date;
  const row: Absence = {
    id,
    from: from <= today ? turn.now.toISOString() : fromShanghai(from, '00:00').toISOString(),
    until: fromShanghai(dateAfter(until, 1), '00:00').toISOString(),
    ...(deputy ? { deputy: deputy.id } : {}),
  };
  await turn.tx.put('absences', row);
  return row;
}

async function told(turn: Turn, { name }: Person, row: Absence, deputy: Person | undefined, days: string): Promise<string> {
  return turn.say('absence.set', {
    name,
    ...spanOf(turn, row),
    deputy: deputy?.name ?? '',
    nobody: deputy ? '' : turn.say('absence.nobody', { days }),
  });
}

/** "11月24日", "11月26日": the first and the last day. */
function spanOf({ now }: Pick<Turn, 'now'>, { from, until }: Absence): { from: string; until: string } {
  const last = fromShanghai(dateAfter(inShanghai(new Date(until)).date, -1), '12:00');
  return { from: spokenDay(new Date(from), now), until: spokenDay(last, now) };
}

async function toDeputy(turn: Turn, person: Person, row: Absence, deputy: Person | undefined): Promise<Reply[]> {
  if (!deputy || deputy.id === turn.person.id) return [];
  const text = turn.say('absence.deputy', {
    name: person.name,
    ...spanOf(turn, row),
    matters: await mattersOf(turn, person.id),
    count: (await openInHand(turn, person.id)).length || '',
  });
  return [{ to: { person: deputy.id }, text, kind: 'notice' }];
}

async function endNow(turn: Turn, person: Person): Promise<Reply[]> {
  const row = await turn.tx.get('absences', person.id);
  if (!row) throw new UserError(turn.say('absence.notAway', { name: person.name }));
  await turn.tx.remove('absences', person.id);
  const deputy = row.deputy === undefined || row.deputy === turn.person.id ? [] : [row.deputy];
  return [
    here(turn, turn.say('absence.ended', { name: person.name })),
    ...deputy.map((id): Reply => ({ to: { person: id }, text: turn.say('absence.backDeputy', { name: person.name }), kind: 'notice' })),
  ];
}

async function listOf(turn: Turn): Promise<string> {
  const rows = await turn.tx.find('absences', { until: { atLeast: turn.now.toISOString() } }, { by: 'until' });
  const nameOf = async (id: string) => (await turn.tx.get('people', id))?.name ?? '';
  const lines = await Promise.all(
    rows.map(async (row) =>
      turn.say('absence.line', {
        name: await nameOf(row.id),
        ...spanOf(turn, row),
        deputy: row.deputy === undefined ? '' : turn.say('absence.deputyOf', { name: await nameOf(row.deputy) }),
      }),
    ),
  );
  return lines.length === 0 ? turn.say('absence.none') : turn.say('absence.list', { lines: lines.join('\n') });
}

/** That somebody is away, for whoever gives them something to do; empty when they are there. */
export async function awayTold(turn: Turn, { id, name }: Person): Promise<string> {
  const row = await awayNow(turn.tx, turn.now, id);
  return row ? turn.say('handler.away', { name, until: spanOf(turn, row).until }) : '';
}

/** On the morning after an absence its person and the deputy hear that all is as before. */
export const returns: Chore = {
  id: 'returns',
  every: 'day',
  when: (_, now) => inShanghai(now).hour >= morningHour,
  async run({ say, ids }, now, tx) {
    for (const { id, deputy } of await tx.find('absences', { until: { atMost: now.toISOString() } })) {
      await tx.remove('absences', id);
      const person = await tx.get('people', id);
      if (person?.role === undefined) continue;
      const count = (await openInHand({ tx }, id)).length;
      const notices: Reply[] = [{ to: { person: id }, text: say('absence.back', { count: count || '' }), kind: 'notice' }];
      if (deputy !== undefined)
        notices.push({ to: { person: deputy }, text: say('absence.backDeputy', { name: person.name }), kind: 'notice' });
      for (const notice of notices) await queue(tx, ids, now, notice);
    }
  },
};
