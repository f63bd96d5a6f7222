import { plusDays } from '../../domain/time/clock-time.ts';
import { alarmsOn } from '../danger/alarms.ts';
import type { App } from '../kernel/desk.ts';
import type { Message } from '../kernel/message.ts';
import type { Transaction } from '../kernel/ports.ts';
import { waitingIn } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { conversationId, type Handler, here, type Turn } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';

/** So many files of one person, and so many bytes of all, are kept in a day. Staff are not counted, their bytes are. */
const filesADay = 40;
const bytesADay = 500_000_000;

/** Whether a file is fetched: said to us, or of a matter that is open between us; `many`: it would be, but there were too many. */
export type Receiving = 'yes' | 'no' | 'many';

type From = Pick<Message, 'person' | 'room'>;

/** Looks whether a file that somebody sent concerns us. What neighbours show each other is never fetched. */
export function receiving({ store, clock }: App, from: From): Promise<Receiving> {
  return store.transaction(async (tx) => {
    const now = clock.now();
    if (from.room !== undefined && !(await isOpenIn(tx, now, from))) return 'no';
    return (await tooMany(tx, now, from.person)) ? 'many' : 'yes';
  });
}

/** In a group: a question of ours waits for them there, or an alarm is on that they told of. */
async function isOpenIn(tx: Transaction, now: Date, from: From): Promise<boolean> {
  const room = await tx.get('rooms', from.room ?? '');
  if (!room || room.kind === 'unbound') return false;
  if ((await waitingIn({ tx, now }, conversationId(from))).length > 0) return true;
  return (await alarmsOn(tx)).some(({ person, voices }) => person === from.person || voices.includes(from.person));
}

async function tooMany(tx: Transaction, now: Date, person: string): Promise<boolean> {
  const at = { atLeast: plusDays(now, -1).toISOString() };
  const all = await tx.find('received', { at });
  if (all.reduce((sum, { bytes = 0 }) => sum + bytes, 0) >= bytesADay) return true;
  const known = await tx.get('people', person);
  return known?.role === undefined && all.filter((each) => each.person === person).length >= filesADay;
}

/** A file that is not kept: says why, and what to do instead. */
export const unkept: Handler = async (turn) => {
  const text = whyUnkept(turn);
  return text === undefined ? undefined : { decision: 'fallback', topic: null, replies: [here(turn, text)] };
};

function whyUnkept(turn: Turn): string | undefined {
  const { say, message, person } = turn;
  const phone = localValue('office.phone', turn);
  switch (message.unkept) {
    case 'large':
      return say('media.large');
    case 'kind':
      return say('media.kind');
    case 'many':
      return may(person, 'worker') ? say('media.full') : say('media.many', { phone });
    default:
      return undefined;
  }
}
