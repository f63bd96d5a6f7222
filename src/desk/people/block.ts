import { plusDays, spokenDay } from '../../domain/time/clock-time.ts';
import { whoIs } from '../commands/who.ts';
import type { Command } from '../kernel/command.ts';
import type { Person } from '../kernel/rows.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';
import type { Block } from './rows.ts';

const daysAtMost = 30;
const daysUnlessSaid = 3;

/** 拉黑: the bot does not answer somebody for some days, but for danger and for what it has asked them about their appeals. */
export const block: Command = {
  id: 'block',
  role: 'director',
  needs: [],
  accepts: ['person', 'days', 'text'],
  async run(turn, { person, days = daysUnlessSaid, text }) {
    if (!person) return [here(turn, await blockedPeople(turn))];
    if (person.role !== undefined) throw new UserError(turn.say('block.colleague', { name: person.name }));
    if (turn.content.staffWords.undo.includes(text)) return lift(turn, person);
    if (days < 1 || days > daysAtMost) throw new UserError(turn.say('block.atMost', { days: daysAtMost }));
    if (text === '') throw new UserError(turn.say('block.why', { name: person.name, days }));
    const until = plusDays(turn.now, days);
    const at = turn.now.toISOString();
    await turn.tx.put('blocks', { id: person.id, until: until.toISOString(), reason: text, by: turn.person.id, at });
    const date = spokenDay(until);
    const phone = localValue('office.phone', turn);
    return [
      here(turn, turn.say('block.done', { who: await whoIs(turn, person), name: person.name, date })),
      { to: { person: person.id }, text: turn.say('block.resident', { date, phone }), kind: 'notice' },
    ];
  },
};

async function lift(turn: Turn, person: Person) {
  if (!(await turn.tx.remove('blocks', person.id))) throw new UserError(turn.say('block.none', { name: person.name }));
  return [
    here(turn, turn.say('block.lifted', { name: person.name, who: await whoIs(turn, person) })),
    { to: { person: person.id }, text: turn.say('block.residentLifted'), kind: 'notice' as const },
  ];
}

/** Whether the bot was told not to answer this person. */
export async function isBlocked({ tx, person, now }: Pick<Turn, 'tx' | 'person' | 'now'>): Promise<boolean> {
  return ((await tx.get('blocks', person.id))?.until ?? '') > now.toISOString();
}

async function blockedPeople(turn: Turn): Promise<string> {
  const blocks = await turn.tx.find('blocks', { until: { atLeast: turn.now.toISOString() } }, { by: 'until' });
  if (blocks.length === 0) return turn.say('block.nobody');
  const line = async ({ id, until, reason }: Block) =>
    turn.say('block.line', { name: (await turn.tx.get('people', id))?.name ?? '', date: spokenDay(new Date(until)), reason });
  return turn.say('block.list', { lines: (await Promise.all(blocks.map(line))).join('\n') });
}
