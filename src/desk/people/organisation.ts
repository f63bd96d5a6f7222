import { dropHandler } from '../appeals/handlers.ts';
import type { Command } from '../kernel/command.ts';
import type { Person, Room } from '../kernel/rows.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { enlist } from './enlist.ts';
import { found } from './rooms.ts';

/**
 * Binds the group in which it is said: as the staff's, or as one of the residents'; or, by its code, as the group that it was
 * before a new login.
 */
export const bindRoom: Command = {
  id: 'bind',
  role: 'worker',
  needs: [],
  anywhere: true,
  open: true,
  async run(turn, { text }) {
    if (!turn.room) throw new UserError(turn.say('bind.notHere'));
    const known = await heldRoom(turn, text);
    if (known) {
      const [binding] = await turn.tx.find('bindings', { target: turn.room.id }, { limit: 1 });
      if (binding) await found(turn.tx, { ...known, name: turn.room.name }, binding.id, turn.room);
      return [{ to: { room: known.id, person: turn.person.id }, text: turn.say('bind.again', { name: turn.room.name }), kind: 'reply' }];
    }
    if (turn.room.kind !== 'unbound' && readCode(text) !== undefined) return [here(turn, turn.say('bind.again', { name: turn.room.name }))];
    if (!may(turn.person, 'director')) throw new UserError(turn.say('command.forbidden'));
    const staff = text.includes(turn.say('bind.staffWord'));
    const room = { ...turn.room, kind: staff ? ('staff' as const) : ('residents' as const), boundAt: turn.now.toISOString() };
    await turn.tx.put('rooms', room);
    return [here(turn, turn.say(staff ? 'bind.staff' : 'bind.residents', { name: room.name }))];
  },
};

/** "7k2m" */
function readCode(text: string): string | undefined {
  return /^[A-Z2-9]{4}$/.exec(text.normalize('NFKC').trim().toUpperCase())?.[0];
}

async function heldRoom(turn: Turn, text: string): Promise<Room | undefined> {
  const code = readCode(text);
  if (turn.room?.kind !== 'unbound' || code === undefined) return undefined;
  const [room] = await turn.tx.find('rooms', { code, held: true });
  return room;
}

/** 员工 加: makes somebody a member of staff. */
export const staffAdd: Command = {
  id: 'staff.add',
  role: 'director',
  needs: ['person'],
  accepts: ['text'],
  async confirm(turn, { person }) {
    return person && (await bearsNameOfStaff(turn, person)) ? turn.say('pin.namesake', { name: person.name }) : undefined;
  },
  async run(turn, { person, text }) {
    if (!person) return [];
    const role = turn.content.staffWords.director.includes(text) ? 'director' : 'worker';
    // Nobody is lowered here: a director ends by /员工 停, which is confirmed and leaves one.
    if (!person.asleep && (person.role === 'director' || person.role === role))
      throw new UserError(turn.say('staff.already', { name: person.name, role: turn.say(`role.${person.role}`) }));
    if (turn.secrets && !person.reachable) throw new UserError(turn.say('staff.notFriend', { name: person.name }));
    const enlisted = await enlist(turn, person, person.role === 'director' ? 'director' : role);
    const told = turn.say('staff.enrolled', { name: person.name, role: turn.say(`role.${enlisted.person.role ?? role}`) });
    const remark = enlisted.remark === '' ? '' : `\n${turn.say('remark.please', { remark: enlisted.remark })}`;
    return [here(turn, told + remark), ...enlisted.told];
  },
};

/** Whether somebody without a role is called like one of the staff who was not found again since the last login: anybody may take a name. */
async function bearsNameOfStaff({ tx }: Turn, { role, name }: Person): Promise<boolean> {
  if (role !== undefined) return false;
  return (await tx.find('people', { name, role: ['worker', 'director'], asleep: true }, { limit: 1 })).length > 0;
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
    if (person.role === undefined) throw new UserError(turn.say('staff.notStaff', { name: person.name }));
    const directors = await turn.tx.find('people', { role: 'director' });
    if (person.role === 'director' && directors.length === 1) throw new UserError(turn.say('staff.lastDirector'));
    const { role: _, pin: __, asleep: ___, ...plain } = person;
    await turn.tx.put('people', plain);
    return [here(turn, turn.say('staff.stopped', { name: person.name, ...(await dropHandler(turn, person)) }))];
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
