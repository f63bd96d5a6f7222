import { readAppealNumber } from '../../domain/appeals/appeal-number.ts';
import { readAlarmNumber, sequenceOf } from '../../domain/danger/alarm-number.ts';
import { recentList } from '../commands/recent-list.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { alarmsOn, matterOf } from './alarms.ts';
import type { Alarm } from './rows.ts';

/** The alarm that a word means: a row of the last list, a whole number, or the ending of one that is on, the latest first. */
export async function alarmMeant(turn: Turn, word: string): Promise<Alarm | undefined> {
  const reading = readAlarmNumber(word);
  if (reading?.form === 'full') return found(turn, word, await turn.tx.get('alarms', reading.number));
  const named = await namedAlarm(turn, word);
  if (named) return named;
  if (reading === undefined) return undefined;
  const on = await alarmsOn(turn.tx);
  // "1", where no list was shown, may be the first of several or the one that the day began with.
  if (on.length > 1 && /^[1-9]\d?$/u.test(word.normalize('NFKC'))) {
    const lines = on.map((alarm) => turn.say('alarm.matterLine', { number: alarm.id, matter: matterOf(turn, alarm) }));
    throw new UserError(turn.say('alarm.which', { lines: lines.join('\n') }));
  }
  return found(
    turn,
    word,
    on.findLast(({ id }) => sequenceOf(id) === reading.ending),
  );
}

/**
 * The alarm that a word names beyond doubt, also where an appeal is expected: its number, one that it had when it was still an appeal, or a
 * row while alarms are what was listed last.
 */
export async function namedAlarm(turn: Turn, word: string): Promise<Alarm | undefined> {
  const reading = readAlarmNumber(word);
  if (reading?.form === 'full') return turn.tx.get('alarms', reading.number);
  const former = readAppealNumber(word, turn.content.community.prefix);
  if (former?.form === 'full') return turn.tx.get('alarms', former.number);
  const rows = recentList(turn, 'alarms');
  if (!rows || reading === undefined || reading.ending > 99 || /^\D*0/u.test(word.normalize('NFKC'))) return undefined;
  const [id] = rows[reading.ending - 1] ?? [];
  return found(turn, word, id === undefined ? undefined : await turn.tx.get('alarms', id));
}

/** @throws UserError when there is none */
function found(turn: Turn, word: string, alarm: Alarm | undefined): Alarm {
  if (!alarm) throw new UserError(turn.say('alarm.noSuch', { number: word.slice(0, 20) }));
  return alarm;
}
