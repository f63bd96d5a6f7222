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

/** Makes somebody a member of staff, or ends it. */
export const enrolStaff: Command = {
  id: 'staff',
  role: 'director',
  needs: ['person'],
  async run(turn, { person, text }) {
    if (!person) return [];
    const { role: _, ...plain } = person;
    if (text.includes(turn.say('staff.stopWord'))) {
      await turn.tx.put('people', plain);
      return [here(turn, turn.say('staff.stopped', { name: person.name }))];
    }
    const role = text.includes(turn.say('staff.directorWord')) ? 'director' : 'worker';
    await turn.tx.put('people', { ...person, role });
    return [here(turn, turn.say('staff.enrolled', { name: person.name, role: turn.say(`role.${role}`) }))];
  },
};
