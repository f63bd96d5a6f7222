import { plusMinutes } from '../../domain/clock-time.ts';
import type { EmergencyKind } from '../../domain/understanding/emergency.ts';
import { fileAppeal } from '../appeals.ts';
import { may, toDuty } from '../staff.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../turn.ts';

/** How long a resident may take to say whether somebody is in danger before staff are paged all the same. */
const patienceMinutes = 1;

/**
 * Danger to life comes first: the number to call, then an urgent appeal with the words as they were, then the staff.
 * Nothing silences it: no mention rule, take-over, limit or hour of the night.
 */
export const emergency: Handler = async (turn) => {
  const danger = turn.understood.emergency;
  if (!danger) return undefined;
  // A member of staff writing "/回复 3 着火点已处理" is at work, not in danger.
  if (may(turn.person, 'worker') && /^[/／]/.test(turn.text.trim())) return undefined;
  return danger.certainty === 'explicit' ? raise(turn, danger.kind) : askWhether(turn, danger.kind);
};

/** Gives the card and calls the staff. */
export async function raise(turn: Turn, kind: EmergencyKind): Promise<Outcome> {
  await keepAside(turn);
  const appeal = await fileAppeal(turn, {
    category: 'action.emergency',
    kind: '求助',
    what: turn.text,
    anonymous: false,
    files: [],
    urgent: true,
  });
  await turn.tx.put('alarms', { id: appeal.id, appeal: appeal.id, nextAt: plusMinutes(turn.now, 5).toISOString(), pages: 1 });
  const notice = turn.say('emergency.page', {
    title: kind.title,
    number: appeal.id,
    name: turn.person.name,
    room: turn.room?.name ?? '',
    text: kind.privateOnly && turn.room ? '' : turn.text,
  });
  return {
    decision: 'emergency',
    topic: 'action.emergency',
    replies: [...cards(turn, kind, appeal.id), ...(await toDuty(turn.tx, notice))],
  };
}

/** In a group only a short card; what must stay private gets a neutral line there and the card in private. */
function cards(turn: Turn, kind: EmergencyKind, number: string) {
  const card = turn.say('emergency.card', { card: kind.card, number });
  if (!turn.room) return [here(turn, card)];
  if (!kind.privateOnly) return [here(turn, kind.groupCard)];
  return turn.person.reachable ? [here(turn, kind.groupCard), privately(turn, card)] : [here(turn, kind.groupCard)];
}

async function askWhether(turn: Turn, kind: EmergencyKind): Promise<Outcome> {
  const aside = turn.pending?.question;
  const pageAt = plusMinutes(turn.now, patienceMinutes).toISOString();
  await turn.tx.put('pending', {
    id: turn.conversation.id,
    question: { kind: 'danger', emergency: kind.id, text: turn.text, pageAt },
    expiresAt: plusMinutes(turn.now, 30).toISOString(),
    ...(aside && aside.kind !== 'danger' ? { aside } : {}),
  });
  await turn.tx.put('alarms', {
    id: turn.conversation.id,
    asked: { person: turn.person.id, emergency: kind.id, text: turn.text, ...(turn.room ? { room: turn.room.id } : {}) },
    nextAt: pageAt,
    pages: 0,
  });
  return {
    decision: 'emergency',
    topic: 'action.emergency',
    replies: [here(turn, turn.say('emergency.ask', { number: kind.call[0] ?? '' }))],
  };
}

/** A form or a choice that waited for an answer goes on waiting, its time counted anew. */
async function keepAside(turn: Turn): Promise<void> {
  const waiting = turn.pending?.question.kind === 'danger' ? turn.pending.aside : turn.pending?.question;
  await turn.tx.remove('pending', turn.conversation.id);
  if (!waiting) return;
  await turn.tx.put('pending', { id: turn.conversation.id, question: waiting, expiresAt: plusMinutes(turn.now, 30).toISOString() });
}
