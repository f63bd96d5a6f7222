import { isPin, isWeakPin, pinLength } from '../../domain/people/pin.ts';
import { commandLine } from '../commands/command-line.ts';
import { saidSecret } from '../commands/said-secret.ts';
import { noteAct } from '../kernel/audit.ts';
import { markOnce } from '../kernel/marks.ts';
import type { Reply } from '../kernel/message.ts';
import type { Person } from '../kernel/rows.ts';
import { toDirectors } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { takenOverBy } from './take-over.ts';
import { claimed, isPresent, rebind, type Tried, tryPin, type Way, wakeUp } from './wake.ts';
import { tellTwice, tellWoken } from './woken.ts';

/** A PIN as it was said, and whose: "640857", "小周 640857". */
interface Said {
  readonly pin: string;
  readonly name?: string;
}

/** So long it is remembered that somebody was asked for a better PIN. */
const askedDays = 400;

/**
 * After a new login of the account the authority of the staff sleeps: a PIN, said privately, wakes it. Who has no token in the remark
 * comes in by name and PIN together, and everybody whom it concerns is told. Of everybody else digits are no PIN.
 */
export const wake: Handler = async (turn) => {
  if (!turn.secrets || turn.idsLast) return undefined;
  const said = turn.room ? undefined : saidPin(turn);
  if (turn.person.role !== undefined && turn.person.asleep === true) return asleep(turn, said?.pin);
  if (turn.person.role === undefined && said !== undefined && turn.person.reachable) return byName(turn, said);
  return undefined;
};

function saidPin(turn: Turn): Said | undefined {
  const said = saidSecret(turn).slice(0, 60).normalize('NFKC').trim();
  if (isPin(said)) return { pin: said };
  const { name, pin = '' } = /^(?<name>.*?\D)(?<pin>\d{4,6})$/su.exec(said)?.groups ?? {};
  return name === undefined || !isPin(pin) ? undefined : { pin, name: name.replace(/(?<![\s:：,，])[\s:：,，]+$/u, '') };
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
  return done(...(await greeted(turn, turn.person, pin)), ...(await tellWoken(turn, turn.person, 'token')));
}

async function byName(turn: Turn, { pin, name }: Said): Promise<Outcome | undefined> {
  const staff = await claimed(turn, name);
  if (!staff) return undefined;
  const present = await isPresent(turn, staff);
  // What everybody would try first proves nothing; by their remark the staff of before come in with it once more.
  const isPoor = isWeakPin(pin, turn.content.staffWords.commonPins);
  const result = await tryPin(turn, staff, isPoor ? '' : pin, 'name');
  if (result !== 'shut') await noteAct(turn, 'wake-by-name', result === 'right' && !present, staff.id);
  // To somebody who only bears the name digits are mostly something else.
  if (present) return result === 'right' ? done(...(await tellTwice(turn, staff))) : undefined;
  if (isPoor && result === 'wrong') return done(here(turn, turn.say('pin.tooEasy')));
  if (result !== 'right') return refuse(turn, result, staff.name, 'name');
  await wakeUp(turn, await rebind(turn, turn.person, staff));
  return done(...(await greeted(turn, staff, pin)), ...(await tellWoken(turn, staff, 'name')));
}

/** One who still has a PIN of before, or one that is too easy, is asked once for another. */
async function greeted(turn: Turn, { id, name }: Person, pin: string): Promise<Reply[]> {
  const to = { person: id };
  const greeting: Reply = { to, text: turn.say('pin.awake', { name }), kind: 'reply' };
  const isPoor = pin.length < pinLength || isWeakPin(pin, turn.content.staffWords.commonPins);
  if (!isPoor || !(await markOnce(turn, `pin-change/${id}`, { days: askedDays, person: id }))) return [greeting];
  return [greeting, { to, text: turn.say('pin.change'), kind: 'notice' }];
}

/** The directors hear once that somebody is locked out; of a stranger who bears the name they must not think that it was their colleague. */
async function refuse(turn: Turn, result: Exclude<Tried, 'right'>, name: string, by: Way): Promise<Outcome> {
  if (result === 'wrong') return done(here(turn, turn.say('pin.wrong')));
  const notice = turn.say(by === 'token' ? 'pin.lockedDirector' : 'pin.lockedByName', { name });
  return done(here(turn, turn.say('pin.locked')), ...(result === 'locked' ? await toDirectors(turn.tx, notice) : []));
}

function done(...replies: Reply[]): Outcome {
  return { decision: 'action', topic: null, replies };
}
