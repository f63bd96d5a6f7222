import { here, UserError } from '../turn.ts';
import type { Command } from './command.ts';

/** Binds the group in which it is said: as the staff's, or as one of the residents'. */
export const bindRoom: Command = {
  id: 'bind',
  role: 'director',
  needs: [],
  anywhere: true,
  open: true,
  async run(turn, { text }) {
    if (!turn.room) throw new UserError(turn.say('bind.notHere'));
    const staff = text.includes(turn.say('bind.staffWord'));
    const room = { ...turn.room, kind: staff ? ('staff' as const) : ('residents' as const), boundAt: turn.now.toISOString() };
    await turn.tx.put('rooms', room);
    return [here(turn, turn.say(staff ? 'bind.staff' : 'bind.residents', { name: room.name }))];
  },
};

/** 员工 加: makes somebody a member of staff. */
export const staffAdd: Command = {
  id: 'staff.add',
  role: 'director',
  needs: ['person'],
  accepts: ['text'],
  async run(turn, { person, text }) {
    if (!person) return [];
    const role = turn.content.staffWords.director.includes(text) ? 'director' : 'worker';
    // Nobody is lowered here: a director ends by /员工 停, which is confirmed and leaves one.
    if (person.role === 'director' || person.role === role)
      throw new UserError(turn.say('staff.already', { name: person.name, role: turn.say(`role.${person.role}`) }));
    await turn.tx.put('people', { ...person, role });
    return [here(turn, turn.say('staff.enrolled', { name: person.name, role: turn.say(`role.${role}`) }))];
  },
};

/** 员工 停: ends it. There is always a director left. */
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
    if (person.role === undefined) throw new UserError(turn.say('staff.notStaff', { name: person.name }));
    const directors = await turn.tx.find('people', { role: 'director' });
    if (person.role === 'director' && directors.length === 1) throw new UserError(turn.say('staff.lastDirector'));
    const { role: _, ...plain } = person;
    await turn.tx.put('people', plain);
    return [here(turn, turn.say('staff.stopped', { name: person.name }))];
  },
};

/** 员工 列: who is on the staff. */
export const staffList: Command = {
  id: 'staff.list',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    const people = await turn.tx.find('people', { role: ['worker', 'director'] }, { by: 'name' });
    const lines = people.map(({ name, role = 'worker' }) => turn.say('staff.line', { name, role: turn.say(`role.${role}`) }));
    return [here(turn, turn.say('staff.list', { count: people.length, lines: lines.join('\n') }))];
  },
};
