import { bareName } from '../../domain/people/name.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { markOnce } from '../kernel/marks.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import { toDirectors } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';
import type { Means } from './people.ts';

/** So much of a nickname is shown. */
const shownAtMost = 20;

/** The staff whose name is like this one. */
export async function staffCalled(tx: Transaction, name: string): Promise<Person[]> {
  const bare = bareName(name);
  const staff = await tx.find('people', { role: ['worker', 'director'] });
  return bare === '' ? [] : staff.filter((each) => bareName(each.name) === bare);
}

/** A name for somebody on the staff that no colleague has: "李主任" or "李主任2". */
export async function freeName(tx: Transaction, { id, name }: Pick<Person, 'id' | 'name'>): Promise<string> {
  const plain = [...name].slice(0, shownAtMost).join('').trim() || '…';
  for (let count = 1; ; count++) {
    const free = count === 1 ? plain : `${plain}${count}`;
    if ((await staffCalled(tx, free)).every((each) => each.id === id)) return free;
  }
}

/**
 * The name under which somebody is kept who is seen under a nickname. That of the staff stays as it was when they were enrolled, whatever
 * they call themselves; the directors hear of a new one, once a day.
 */
export async function nameKept(tx: Transaction, person: Person, seen: string, { ids, now, say }: Means): Promise<Person> {
  if (person.role === undefined) return { ...person, name: seen };
  const { nickname, ...rest } = person;
  if (seen === (nickname ?? person.name)) return person;
  if (seen === person.name) return rest;
  if (await markOnce({ tx, now }, `nickname/${inShanghai(now).date}/${person.id}`, { person: person.id })) {
    const text = say('staff.nickname', { name: person.name, nickname: [...seen].slice(0, shownAtMost).join('') });
    for (const reply of await toDirectors(tx, text)) await queue(tx, ids, now, reply);
  }
  return { ...rest, nickname: seen };
}
