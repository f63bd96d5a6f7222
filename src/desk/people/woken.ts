import { bareName } from '../../domain/people/name.ts';
import type { Reply } from '../kernel/message.ts';
import type { Person } from '../kernel/rows.ts';
import { toDirectors, toStaffRooms } from '../kernel/staff.ts';
import { here, type Turn } from '../kernel/turn.ts';
import type { Way } from './wake.ts';

/** At most so many friends of the same name are told. */
const namesakesAtMost = 5;

/**
 * An authority has woken up in a new id of WeChat. Who has the token in the remark was proved by the account's owner: the staff's group
 * reads one line. By name and PIN alone it may be anybody: directors read how to undo it, and whoever else may be the real one hears of it.
 */
export async function tellWoken(turn: Turn, staff: Person, way: Way): Promise<Reply[]> {
  const { tx, say, person: speaker } = turn;
  if (way === 'token') return toStaffRooms(tx, say('pin.wokenToken', { name: staff.name }));
  const means = { name: staff.name, nickname: speaker.name };
  const directors = await toDirectors(tx, say('pin.byName', { ...means, token: staff.token ?? '' }));
  return [
    ...directors.filter(({ to }) => !('room' in to) && to.person !== staff.id),
    ...(await toStaffRooms(tx, say('pin.wokenName', means))),
    ...(await toNamesakes(turn, staff, say('pin.wokenNamesake', means))),
  ];
}

/** Somebody said the right PIN of one of the staff who is there already: one of the two is not who they say. */
export async function tellTwice(turn: Turn, staff: Person): Promise<Reply[]> {
  const means = { name: staff.name, nickname: turn.person.name };
  return [
    here(turn, turn.say('pin.twice', means)),
    ...(await toDirectors(turn.tx, turn.say('pin.twiceDirector', { ...means, token: staff.token ?? '' }))),
    ...(await toStaffRooms(turn.tx, turn.say('pin.twiceStaff', means))),
  ];
}

/** Friends in this login who bear the name: one of them may be the real one, under an id that nobody knows yet. */
async function toNamesakes({ tx, person: speaker }: Turn, { name, nickname = name }: Person, text: string): Promise<Reply[]> {
  const names = [bareName(name), bareName(nickname)];
  const friends = await tx.find('people', { reachable: true });
  return friends
    .filter((each) => each.role === undefined && each.id !== speaker.id && names.includes(bareName(each.name)))
    .slice(0, namesakesAtMost)
    .map(({ id }) => ({ to: { person: id }, text, kind: 'notice' }));
}
