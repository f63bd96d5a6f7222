import { bareName } from '../../domain/people/name.ts';
import { readToken } from '../../domain/people/token.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { longestName, personMeant } from '../commands/person-meant.ts';
import { whoIs } from '../commands/who.ts';
import type { Command } from '../kernel/command.ts';
import type { Person, Role } from '../kernel/rows.ts';
import { toDirectors } from '../kernel/staff.ts';
import { standingOn } from '../kernel/standing.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { colleagueCode } from './enrolment.ts';
import { leaveStaff } from './leaving.ts';
import { staffCalled } from './names.ts';

const nameAtMost = 20;

/**
 * 员工 加: a one-time code for a colleague, who proves by it that they are the one that the director means. A name alone makes nobody
 * anything: it is only what they will be called.
 */
export const staffAdd: Command = {
  id: 'staff.add',
  role: 'director',
  needs: ['text'],
  async run(turn, { text }) {
    if (turn.room && !turn.person.reachable) throw new UserError(turn.say('code.privately'));
    const { name, role: asked, known } = await readColleague(turn, text);
    const role = known?.role === 'director' ? 'director' : asked;
    // Nobody is lowered here: a director ends by /员工 停, which is confirmed and leaves one.
    if (known && known.role === role && !(await isMissed(turn, known)))
      throw new UserError(turn.say('staff.already', { name, role: turn.say(`role.${role}`) }));
    const code = await colleagueCode(turn, { name, role, ...(known ? { known } : {}) });
    return [here(turn, turn.say('code.made', { name, role: turn.say(`role.${role}`), code }))];
  },
};

/** Whether an account that is switched on does not know one of the staff, or not yet again: a code lets them in there. */
async function isMissed({ tx, account }: Turn, staff: Person): Promise<boolean> {
  const { names = [account] } = (await tx.get('switches', 'accounts')) ?? {};
  return names.some((name) => standingOn(staff, name)?.asleep ?? standingOn(staff, name) === undefined);
}

/** "@王 磊 主任", "小周", a row or a token of one of the staff: the name, the role, and who of the staff it is. */
async function readColleague(turn: Turn, text: string): Promise<{ name: string; role: Role; known?: Person }> {
  const { director, worker, me } = turn.content.staffWords;
  const roleOf = (word: string): Role | undefined => (director.includes(word) ? 'director' : worker.includes(word) ? 'worker' : undefined);
  const said = oneLine(text).replace(/^[@＠]\s*/u, '');
  const [first = ''] = said.split(/\s/u);
  if (me.includes(first)) return { name: turn.person.name, role: turn.person.role ?? 'worker', known: turn.person };
  if (/^第?\d{1,2}(?:\s|$)/u.test(said.normalize('NFKC')) || readToken(first) !== undefined) {
    const read = await personMeant(turn, said, { needs: ['person'], colleague: true });
    if (read?.person.role !== undefined) return { name: read.person.name, role: roleOf(read.after.trim()) ?? 'worker', known: read.person };
  }
  const found = longestName(said, await turn.tx.find('people'));
  const last = /[\s　](\S+)$/u.exec(said)?.[1] ?? '';
  const byName = found && (found.after === '' || roleOf(found.after.trim()) !== undefined);
  // "小周 主任 快点": a colleague, and what is no role.
  if (!byName && found?.people.some((person) => person.role !== undefined)) throw new UserError(turn.say('staff.whatName'));
  const name = (byName ? found.name : roleOf(last) === undefined ? said : said.slice(0, -last.length)).trim();
  const role = roleOf(byName ? found.after.trim() : last) ?? 'worker';
  if (bareName(name) === '' || roleOf(name) !== undefined || readToken(name) !== undefined || [...name].length > nameAtMost)
    throw new UserError(turn.say('staff.whatName'));
  const [known, ...others] = await staffCalled(turn.tx, name);
  if (others.length > 0) throw new UserError(turn.say('staff.byRow', { name }));
  return { name: known?.name ?? name, role, ...(known ? { known } : {}) };
}

/** 员工 停: ends it, and with it what they were responsible for. There is always a director left. */
export const staffStop: Command = {
  id: 'staff.stop',
  colleague: true,
  role: 'director',
  needs: ['person'],
  async confirm(turn, { person }) {
    return person?.role === 'director' ? turn.say('staff.stopDirector', { name: person.name }) : undefined;
  },
  async run(turn, { person }) {
    if (!person) return [];
    if (person.role === undefined) throw new UserError(turn.say('staff.notStaff', { name: await whoIs(turn, person) }));
    const directors = await turn.tx.find('people', { role: 'director' });
    if (person.role === 'director' && directors.length === 1) throw new UserError(turn.say('staff.lastDirector'));
    const left = await leaveStaff(turn, person);
    const others = await toDirectors(turn.tx, turn.say('staff.stoppedBy', { name: person.name, by: turn.person.name }));
    return [
      here(turn, turn.say('staff.stopped', { name: person.name, ...left })),
      ...others.filter(({ to }) => !('room' in to) && to.person !== turn.person.id),
    ];
  },
};

/** 员工 列: who is on the staff, each with a row by which the next command can name them. */
export const staffList: Command = {
  id: 'staff.list',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    const people = await turn.tx.find('people', { role: ['worker', 'director'] }, { by: 'name' });
    turn.conversation.listed = { of: 'people', rows: people.map(({ id }) => [id]), at: turn.now.toISOString() };
    const lines = people.map(({ name, role = 'worker', asleep, nickname }, row) =>
      turn.say('staff.line', {
        row: row + 1,
        name,
        role: turn.say(`role.${role}`),
        asleep: asleep ? turn.say('staff.asleep') : '',
        nickname: nickname === undefined ? '' : turn.say('staff.nicknameNow', { nickname: [...nickname].slice(0, nameAtMost).join('') }),
      }),
    );
    return [here(turn, turn.say('staff.list', { count: people.length, lines: lines.join('\n') }))];
  },
};
