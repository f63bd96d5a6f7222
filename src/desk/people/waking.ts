import { isPin } from '../../domain/people/pin.ts';
import { commandLine } from '../commands/command-line.ts';
import { afterSlash, commandIn } from '../commands/parse.ts';
import { noteAct } from '../kernel/audit.ts';
import type { Reply } from '../kernel/message.ts';
import { toDirectors } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { takenOverBy } from './take-over.ts';
import { namesake, rebind, type Tried, tryPin, type Way, wakeUp } from './wake.ts';

/**
 * After a new login of the account the authority of the staff sleeps: a PIN, said privately, wakes it. Who has no token in the remark
 * comes in by name and PIN together, and the directors are told. Of everybody else digits are no PIN.
 */
export const wake: Handler = async (turn) => {
  if (!turn.secrets) return undefined;
  const pin = turn.room ? undefined : saidPin(turn);
  if (turn.person.role !== undefined && turn.person.asleep === true) return asleep(turn, pin);
  if (turn.person.role === undefined && pin !== undefined && turn.person.reachable) return byName(turn, pin);
  return undefined;
};

/** "739251", "/口令 739251" */
function saidPin(turn: Turn): string | undefined {
  const line = afterSlash(turn.raw);
  const called = line === undefined ? undefined : commandIn(line, turn.content.commands);
  const said = (called?.id === 'pin' ? called.rest : turn.raw).normalize('NFKC').trim();
  return isPin(said) ? said : undefined;
}

async function asleep(turn: Turn, pin: string | undefined): Promise<Outcome | undefined> {
  if (pin === undefined || !turn.person.pin) {
    // What they say to a resident whose chat they have taken over must not be taken for a question of their own.
    const atWork = commandLine(turn) !== undefined || (!turn.room && (await takenOverBy(turn)).length > 0);
    if (!atWork) return undefined;
    return done(here(turn, turn.say(turn.person.pin ? 'pin.ask' : 'pin.none')));
  }
  const result = await tryPin(turn, turn.person, pin, 'token');
  if (result !== 'shut') await noteAct(turn, 'wake', result === 'right');
  if (result !== 'right') return refuse(turn, result, turn.person.name, 'token');
  await wakeUp(turn, turn.person);
  return done(here(turn, turn.say('pin.awake', { name: turn.person.name })));
}

async function byName(turn: Turn, pin: string): Promise<Outcome | undefined> {
  const staff = await namesake(turn);
  if (!staff) return undefined;
  const result = await tryPin(turn, staff, pin, 'name');
  if (result !== 'shut') await noteAct(turn, 'wake-by-name', result === 'right', staff.id);
  if (result !== 'right') return refuse(turn, result, staff.name, 'name');
  await rebind(turn, turn.person.id, staff.id);
  await wakeUp(turn, staff);
  const greeting: Reply = { to: { person: staff.id }, text: turn.say('pin.awake', { name: staff.name }), kind: 'reply' };
  const others = (await toDirectors(turn.tx, turn.say('pin.byName', { name: staff.name }))).filter((reply) => !isTo(reply, staff.id));
  return done(greeting, ...others);
}

/** The directors hear once that somebody is locked out; of a stranger who bears the name they must not think that it was their colleague. */
async function refuse(turn: Turn, result: Exclude<Tried, 'right'>, name: string, by: Way): Promise<Outcome> {
  if (result === 'wrong') return done(here(turn, turn.say('pin.wrong')));
  const notice = turn.say(by === 'token' ? 'pin.lockedDirector' : 'pin.lockedByName', { name });
  return done(here(turn, turn.say('pin.locked')), ...(result === 'locked' ? await toDirectors(turn.tx, notice) : []));
}

const isTo = ({ to }: Reply, person: string) => !('room' in to) && to.person === person;

function done(...replies: Reply[]): Outcome {
  return { decision: 'action', topic: null, replies };
}
