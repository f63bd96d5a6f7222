import { isPin, isWeakPin, pinLength } from '../../domain/people/pin.ts';
import { remarkWith } from '../../domain/people/token.ts';
import { whoIs } from '../commands/who.ts';
import { firstAccount } from '../kernel/accounts.ts';
import type { Command } from '../kernel/command.ts';
import type { Person } from '../kernel/rows.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { release } from '../sending/deliveries.ts';
import { joinPersons } from './joining.ts';
import { unnamed } from './remarks.ts';
import { keepPin } from './wake.ts';

const shownAtMost = 20;

/** 口令: one's own PIN, chosen or changed; it is said after each new login of the account. */
export const pin: Command = {
  id: 'pin',
  role: 'worker',
  needs: ['text'],
  open: true,
  async run(turn, { text }) {
    if (turn.room) throw new UserError(turn.say('pin.privately'));
    if (!turn.secrets) throw new UserError(turn.say('pin.notNeeded'));
    const said = text.normalize('NFKC').trim();
    // The number in the example is everybody's.
    const shown = turn.content.commands.get('pin')?.example.includes(said);
    if (!isPin(said) || said.length !== pinLength || isWeakPin(said, turn.content.staffWords.commonPins) || shown)
      throw new UserError(turn.say('pin.weak'));
    await keepPin(turn, said);
    return [here(turn, turn.say('pin.kept'))];
  },
};

/** 备注名: the friends whose remark does not name them yet, with the remark that each should have. */
export const remarks: Command = {
  id: 'remarks',
  role: 'worker',
  needs: [],
  async run(turn) {
    if (!turn.secrets) throw new UserError(turn.say('pin.notNeeded'));
    const waiting = await withoutRemark(turn);
    if (waiting.length === 0) return [here(turn, turn.say('remark.none'))];
    const lines = waiting.slice(0, shownAtMost).map(({ name, token = '' }) => remarkWith(name, token));
    const more = waiting.length > shownAtMost ? turn.say('todo.more', { count: waiting.length - shownAtMost }) : '';
    return [here(turn, turn.say('remark.list', { count: waiting.length, lines: lines.join('\n'), more }))];
  },
};

/** Only directors see the tokens of staff. */
async function withoutRemark(turn: Turn): Promise<Person[]> {
  const people = unnamed(await turn.tx.find('people', { reachable: true }), firstAccount);
  return people.filter(({ role }) => role === undefined || may(turn.person, 'director'));
}

/**
 * 同一人: whoever writes now is the one who told an appeal before, when the account had another login. What waited for them goes out.
 * Only a person can know; authority is not handed over in this way.
 */
export const samePerson: Command = {
  id: 'samePerson',
  role: 'director',
  needs: ['person', 'appeal'],
  async run(turn, { person, appeal }) {
    const before = appeal && (await turn.tx.get('people', appeal.person));
    if (!person || !before) return [];
    if (before.id === person.id) throw new UserError(turn.say('samePerson.already', { name: person.name }));
    if (person.role !== undefined || before.role !== undefined) throw new UserError(turn.say('samePerson.staff'));
    // Who is here under another id of this login is somebody else: nobody's affairs are taken from one who is known.
    if ((await turn.tx.find('bindings', { target: before.id }, { limit: 1 })).length > 0)
      throw new UserError(turn.say('samePerson.present', { name: before.name }));
    await joinPersons(turn.tx, turn.now, person.id, before.id);
    if (person.reachable) await release(turn.tx, before.id, turn.now);
    return [here(turn, turn.say('samePerson.done', { name: person.name, was: before.name, who: await whoIs(turn, person) }))];
  },
};
