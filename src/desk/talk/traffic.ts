import { countMessage, isQuiet, type Limit, lastLevel, personLimit, roomLimit } from '../../domain/people/traffic.ts';
import { bareWords, chosenNumber } from '../../domain/words/short-answer.ts';
import type { Reply } from '../kernel/message.ts';
import { may, toDirectors } from '../kernel/staff.ts';
import { type Handler, here, privately, type Turn } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { isBlocked } from '../people/block.ts';

/**
 * Stands between what is always heard (danger, commands, what a person of staff has taken over) and what is answered as long
 * as it is not too much. Staff are not counted. `owed` answers what we have asked ourselves: that is heard whatever else is not. The first time it is too much is told, kindly; then there is silence.
 */
export const trafficBefore =
  (owed: Handler): Handler =>
  async (turn) => {
    const onlyOwed = async () => (await owed(turn)) ?? ({ decision: 'silent', topic: null, replies: [] } as const);
    if (may(turn.person, 'worker')) return undefined;
    if (await isBlocked(turn)) return onlyOwed();
    const gates: Gate[] = [{ id: turn.person.id, limit: personLimit, name: turn.person.name }];
    if (turn.room?.kind === 'residents') gates.push({ id: turn.room.id, limit: roomLimit, name: turn.room.name, room: true });
    for (const gate of gates) {
      const replies = await passing(turn, gate);
      if (!replies) continue;
      const outcome = await onlyOwed();
      return { ...outcome, replies: [...outcome.replies, ...replies] };
    }
    return undefined;
  };

/** One person, or one room, and how much of theirs is answered. */
interface Gate {
  readonly id: string;
  readonly limit: Limit;
  readonly name: string;
  readonly room?: boolean;
}

/** Counts the message. @returns undefined when it may pass; otherwise what is said about its being too much, mostly nothing */
async function passing(turn: Turn, { id, limit, name, room = false }: Gate): Promise<Reply[] | undefined> {
  const before = await turn.tx.get('traffic', id);
  if (isQuiet(before, turn.now)) return [];
  const { tally, tooMuch } = countMessage(before, room ? undefined : repeatable(turn), turn.now, limit);
  await turn.tx.put('traffic', { id, ...tally });
  if (!tooMuch) return undefined;
  if (tally.level === 1) return [told(turn, room)];
  return tally.level === lastLevel ? toDirectors(turn.tx, turn.say(room ? 'traffic.roomToday' : 'traffic.personToday', { name })) : [];
}

/** The words of a message that can be a repetition: a number that answers a list, or a picture, is none. */
function repeatable({ message, text }: Turn): string | undefined {
  return message.kind !== 'text' || chosenNumber(text) !== undefined ? undefined : bareWords(text);
}

/** To a room where it was said, to a person where the others do not read it. */
function told(turn: Turn, room: boolean): Reply {
  const phone = localValue('office.phone', turn);
  if (room && turn.room) return { to: { room: turn.room.id }, text: turn.say('traffic.room', { phone }), kind: 'reply' };
  const text = turn.say('traffic.person', { phone });
  return turn.room && turn.person.reachable ? privately(turn, text) : here(turn, text);
}
