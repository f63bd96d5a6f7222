import { mask } from '../../domain/words/masking.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { maskedToAll } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { may } from '../kernel/staff.ts';
import type { Handler } from '../kernel/turn.ts';
import { holderOf, isByOwner, takenOverBy } from '../people/take-over.ts';
import { sealedIfPersonal } from '../privacy/privacy.ts';

/** A person answers this resident by hand: the bot only passes on what is said. It comes after emergencies. */
export const takenOver: Handler = async (turn) => {
  if (!turn.room && isByOwner(turn.conversation, turn.now)) return { decision: 'silent', topic: null, replies: [] };
  const holder = holderOf(turn.conversation, turn.now);
  if (turn.room || holder === undefined) return undefined;
  const staff = await turn.tx.get('people', holder);
  // Whoever has left the staff hears nothing any more.
  if (!staff || !may(staff, 'worker')) return undefined;
  const text = turn.say('takeOver.said', {
    name: oneLine(turn.person.name),
    text: turn.message.kind === 'text' ? oneLine(turn.text) : turn.say('takeOver.picture'),
  });
  const { file } = turn.message;
  return {
    decision: 'silent',
    topic: null,
    replies: [{ to: { person: holder }, text, kind: 'notice', ...(file === undefined ? {} : { file }) }],
  };
};

/** What a member of staff who has taken a chat over writes privately, without a slash, goes to that resident. */
export const relay: Handler = async (turn) => {
  if (turn.room || !may(turn.person, 'worker')) return undefined;
  // What the bot has asked for is answered to the bot.
  if (turn.asked && turn.questions[turn.asked.question.kind].ofStaff) return undefined;
  const [latest] = await takenOverBy(turn);
  if (!latest) return undefined;
  const { kind, file } = turn.message;
  const text = turn.say('takeOver.answer', {
    name: turn.person.name,
    text: kind === 'text' ? mask(turn.raw, maskedToAll).text : turn.say('takeOver.picture'),
  });
  const passedOn: Reply = { to: { person: latest.id }, text, kind: 'reply', ...(file === undefined ? {} : { file }) };
  return { decision: 'action', topic: null, replies: [sealedIfPersonal(turn, passedOn)] };
};
