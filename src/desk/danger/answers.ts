import { hasShape } from '../../domain/words/short-answer.ts';
import type { Turn } from '../kernel/turn.ts';
import { callNumber, kindOf, says } from './alarms.ts';
import type { Alarm } from './rows.ts';

/**
 * It is over; who spoke of dying hears more than that, who has done something to themselves still needs a doctor, and who has come out stays out.
 *
 * @param isReached somebody of the staff was called, or has it: nobody is told so who is alone with it
 */
export function calmed({ content, say, text }: Turn, alarm: Alarm, isReached: boolean): string {
  const kind = kindOf(content, alarm.kinds.at(-1));
  const { cameOut, done, treated } = content.dangerTalk.goesOn;
  if (kind?.id === 'suicide') {
    const all = [...alarm.history.map(({ text: before = '' }) => before), text].join(' ');
    if (says(content, all, done) && !says(content, all, treated)) return say('emergency.passedNotOver');
    return isReached ? say('emergency.passedCalm', { calm: kind.calm ?? '' }) : (kind.calm ?? '');
  }
  if (!isReached) return say('emergency.passedOverNobody');
  return say(says(content, text, cameOut) ? 'emergency.passedOut' : 'emergency.passedOver');
}

export const passedDeath = (isReached: boolean, { say }: Turn) => say(isReached ? 'emergency.passedDeath' : 'emergency.passedDeathNobody');

/** What was said besides: first aid is answered, any other question is one for who answers the telephone, who speaks of dying is listened to. */
export function heardOut(turn: Turn, alarm: Alarm, isReached: boolean): string {
  const { content, say, text } = turn;
  const number = callNumber(content, alarm);
  const passed = say(isReached ? 'emergency.passedOn' : 'emergency.passedNobody', { number });
  const known = firstAid(turn, alarm);
  if (known !== undefined) return `${known}\n${passed}`;
  if (says(content, text, content.dangerTalk.goesOn.treated))
    return say(isReached ? 'emergency.passedTreated' : 'emergency.passedTreatedNobody');
  if (kindOf(content, alarm.kinds.at(-1))?.id === 'suicide') return say(isReached ? 'emergency.passedListening' : 'emergency.listening');
  if (!isReached) return passed;
  return asksHow(turn) ? say('emergency.passedQuestion', { number }) : passed;
}

export const withFirstAid = (turn: Turn, alarm: Alarm, answer: string) => [firstAid(turn, alarm), answer].filter(Boolean).join('\n');

/** What is surely right to do, where it is asked whether to do it ("要不要拿筷子撬开"); undefined where nobody can say so from afar. */
function firstAid(turn: Turn, alarm: Alarm): string | undefined {
  const { content, text } = turn;
  const said = content.simplify(text);
  const isAsked = asksHow(turn);
  const known = content.dangerTalk.firstAid.filter(({ kinds }) => alarm.kinds.some((kind) => kinds.includes(kind)));
  return known.find(({ asks, tells }) => (isAsked && asks.test(said)) || tells?.test(said))?.say;
}

function asksHow({ content, text }: Turn): boolean {
  const { asking } = content.talkWords;
  const { asksHow: shapes } = content.dangerTalk.goesOn;
  const clauses = content.simplify(text).split(/[\s\p{P}]+/u);
  return clauses.some((clause) => hasShape(clause, asking) || shapes.some((shape) => shape.test(clause)));
}
