import type { Handler } from '../kernel/turn.ts';
import { alarmsOn } from './alarms.ts';
import { alarmLine } from './commands.ts';

/** Whoever of the staff is known again since a login hears at once which alarms are on: until then they could not take them. */
export const withAlarmsOn =
  (wake: Handler): Handler =>
  async (turn) => {
    const outcome = await wake(turn);
    const to = outcome?.replies[0]?.to;
    if (!outcome || !to || 'room' in to || (turn.person.role !== undefined && !turn.person.asleep)) return outcome;
    const staff = await turn.tx.get('people', to.person);
    const on = await alarmsOn(turn.tx);
    if (staff?.role === undefined || staff.asleep || on.length === 0) return outcome;
    const lines = await Promise.all(on.map((alarm) => alarmLine(turn, alarm)));
    const text = turn.say('alarm.awake', { lines: lines.join('\n') });
    return { ...outcome, replies: [...outcome.replies, { to: { person: staff.id }, text, kind: 'reply' }] };
  };
