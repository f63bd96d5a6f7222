import { namesAlarm } from '../../domain/danger/alarm-number.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import { inPrivate, ownAppeals, status } from '../appeals/own-appeals.ts';
import type { Handler, Outcome, Turn } from '../kernel/turn.ts';
import { callNumber, holdersOf, ownAlarm, spokenMoment } from './alarms.ts';
import { calledInWords } from './calling.ts';
import type { Alarm } from './rows.ts';

/** What was over within so long is told of too. */
const overMinutes = 24 * 60;

/** "查", or its number: how one's own alarm stands, in human words, before one's appeals. Nobody learns of somebody else's by its number. */
export const alarmStatus: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const numbered = namesAlarm(turn.text);
  if (!numbered && !saysOne(turn.text, turn.content.shortAnswers.status)) return undefined;
  const own = await ownAlarm(turn.tx, turn.person.id, turn.now, overMinutes);
  if (own) return statusWithAlarm(turn);
  return numbered ? inPrivate(turn, 'action.appeal-status', turn.say('status.notYours')) : undefined;
};

/** How one's own alarm and appeals stand. */
export async function statusWithAlarm(turn: Turn): Promise<Outcome> {
  const alarm = await ownAlarm(turn.tx, turn.person.id, turn.now, overMinutes);
  if (!alarm) return status(turn);
  const text = await inWords(turn, alarm);
  if ((await ownAppeals(turn)).length === 0) return inPrivate(turn, 'action.appeal-status', text);
  const appeals = await status(turn);
  const last = appeals.replies.at(-1);
  return { ...appeals, replies: appeals.replies.map((reply) => (reply === last ? { ...reply, text: `${text}\n${reply.text}` } : reply)) };
}

async function inWords(turn: Turn, alarm: Alarm): Promise<string> {
  const { say, tx, content } = turn;
  const closer = alarm.history.findLast(({ move }) => move === 'close')?.actor;
  const [first] = alarm.state === 'over' && closer !== undefined ? [closer] : holdersOf(alarm);
  const name = oneLine((first === undefined ? undefined : await tx.get('people', first))?.name ?? '');
  const at = (time: string | undefined) => spokenMoment(time ?? alarm.createdAt, turn.now);
  const time = at(alarm.createdAt);
  const number = callNumber(content, alarm);
  switch (alarm.state) {
    case 'called': {
      const whom = await calledInWords(turn, alarm);
      return whom === '' ? say('emergency.waitNobody', { number }) : say('emergency.statusCalled', { time, whom, number });
    }
    case 'heard':
      return say('emergency.statusHeard', { time, name, heard: at(alarm.heardAt) });
    case 'attended':
      return say('emergency.statusAttended', { time, name, attended: at(alarm.attendedAt) });
    case 'over':
      return say('emergency.statusOver', { time, name });
  }
}
