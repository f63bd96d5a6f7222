import type { Command } from '../kernel/command.ts';
import type { Room } from '../kernel/rows.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
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
      if (known.kind === 'staff') allOurs(turn, text);
      const [binding] = await turn.tx.find('bindings', { target: turn.room.id }, { limit: 1 });
      if (binding) await found(turn.tx, { ...known, name: turn.room.name }, binding.id, turn.room);
      return [{ to: { room: known.id, person: turn.person.id }, text: turn.say('bind.again', { name: turn.room.name }), kind: 'reply' }];
    }
    if (turn.room.kind !== 'unbound' && readCode(text) !== undefined) return [here(turn, turn.say('bind.again', { name: turn.room.name }))];
    if (!may(turn.person, 'director')) throw new UserError(turn.say('command.forbidden'));
    const staff = text.includes(turn.say('bind.staffWord'));
    if (staff) allOurs(turn, text);
    const { outsiders: _, ...bare } = turn.room;
    const room = { ...bare, kind: staff ? ('staff' as const) : ('residents' as const), boundAt: turn.now.toISOString() };
    await turn.tx.put('rooms', room);
    return [here(turn, turn.say(staff ? 'bind.staff' : 'bind.residents', { name: room.name }))];
  },
};

/** What is said of residents goes to the staff's group: where somebody is in it who is not known as one, a director says that all are. */
function allOurs(turn: Turn, text: string): void {
  if (!turn.room?.outsiders) return;
  const word = turn.say('bind.oursWord');
  if (may(turn.person, 'director') && text.trim().endsWith(word)) return;
  throw new UserError(turn.say('bind.outsiders', { text: text.replace(word, '').trim().slice(0, 10), word }));
}

/** "7k2m", perhaps with a word behind it. */
function readCode(text: string): string | undefined {
  return /^([A-Z2-9]{4})(?:\s|$)/.exec(text.normalize('NFKC').trim().toUpperCase())?.[1];
}

async function heldRoom(turn: Turn, text: string): Promise<Room | undefined> {
  const code = readCode(text);
  if (turn.room?.kind !== 'unbound' || code === undefined) return undefined;
  const waiting = await turn.tx.find('rooms', { code, held: true });
  return waiting.find(({ account }) => account === turn.room?.account);
}
