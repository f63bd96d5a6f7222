import { alarmPrefix } from '../../domain/danger/alarm-number.ts';
import { spokenTime } from '../../domain/time/clock-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { firstNumber } from '../commands/parse.ts';
import { noteAct } from '../kernel/audit.ts';
import type { Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { keepAlarm, moved } from './alarms.ts';
import { mayRead } from './calling.ts';
import { details, sayTo } from './commands.ts';
import { namedAlarm } from './lookup.ts';
import { actingIn } from './raising.ts';
import type { Alarm } from './rows.ts';

type Act = (turn: Turn, alarm: Alarm, text: string) => Promise<readonly Reply[]>;

/** What commands for appeals do on the number of an alarm. Every other one says what to use instead: an alarm is no lamp. */
const acts: Readonly<Record<string, Act>> = {
  find: async (turn, alarm) => [here(turn, await details(turn, alarm))],
  answer: (turn, alarm, text) => sayTo(turn, alarm, { text }),
  ask: (turn, alarm, text) => sayTo(turn, alarm, { text }),
  note: async (turn, alarm, text) => {
    if (!mayRead(turn.content, turn.person, alarm)) throw new UserError(turn.say('alarm.takeFirst', { number: alarm.id }));
    if (text === '') throw new UserError(turn.say('alarm.whatToSay', { number: alarm.id }));
    const acting = actingIn(turn);
    await keepAlarm(acting, moved(acting, alarm, 'note', { text }) ?? alarm);
    return [here(turn, turn.say('note.done', { appeal: `${alarm.id} ` }))];
  },
  reveal: async (turn, alarm) => {
    if (turn.room) throw new UserError(turn.say('reveal.privately'));
    if (!mayRead(turn.content, turn.person, alarm)) throw new UserError(turn.say('alarm.takeFirst', { number: alarm.id }));
    const originals = (await turn.tx.find('originals', {}, { by: 'at' })).filter(({ appeals }) => appeals.includes(alarm.id));
    if (originals.length === 0) throw new UserError(turn.say('reveal.nothing', { number: alarm.id }));
    const lines = originals.map(({ at, sealed }) =>
      turn.say('reveal.line', { at: spokenTime(new Date(at)), text: oneLine(turn.vault.open(sealed) ?? turn.say('reveal.lost')) }),
    );
    const text = turn.say('reveal.whole', { number: alarm.id, lines: lines.join('\n') });
    return [{ ...here(turn, turn.vault.seal(text)), sealed: true }];
  },
};

/** Carries out a command for appeals that was given the number of an alarm. Undefined when it was given none, or is one for alarms. */
export async function onAlarm(turn: Turn, command: Command, rest: string): Promise<readonly Reply[] | undefined> {
  const takes = [...command.needs, ...(command.accepts ?? [])];
  const forAppeals = takes.includes('appeal') || command.id === 'find';
  if (!forAppeals || takes.includes('alarm')) return undefined;
  const { word, after } = firstNumber(rest, `${turn.content.community.prefix}|${alarmPrefix}`);
  const alarm = word === '' ? undefined : await namedAlarm(turn, word);
  if (!alarm || !may(turn.person, command.role)) return undefined;
  const act = acts[command.id];
  if (!act) throw new UserError(turn.say('alarm.instead', { number: alarm.id }));
  const replies = await act(turn, alarm, after);
  await noteAct(turn, command.id, true, alarm.id);
  return replies;
}
