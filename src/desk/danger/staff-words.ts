import { spoken } from '../../domain/words/talk.ts';
import { may } from '../kernel/staff.ts';
import type { Handler } from '../kernel/turn.ts';
import { alarmsOn } from './alarms.ts';

/** What is longer tells something else. */
const longest = 10;

/**
 * "收到", "我马上过去", "到了", said by staff in their own words while an alarm is on: the command that it stands for. Nobody types a slash on
 * the way.
 */
export const inOwnWords =
  (command: Handler): Handler =>
  async (turn) => {
    if (!may(turn.person, 'worker') || (turn.room && turn.room.kind !== 'staff') || spoken(turn.text).length > longest) return undefined;
    const { hears, there } = turn.content.dangerTalk.staff;
    const says = (shapes: readonly RegExp[]) => shapes.some((shape) => shape.test(spoken(turn.text)));
    const id = says(there) ? 'attend' : says(hears) ? 'acknowledge' : undefined;
    const on = id === undefined ? [] : await alarmsOn(turn.tx);
    // Once it was taken on "收到" is said of something else.
    const waits = on.some(({ state, takers }) =>
      id === 'attend' ? state !== 'attended' && takers.includes(turn.person.id) : state === 'called',
    );
    const verb = id === undefined || !waits ? undefined : turn.content.commands.get(id)?.verb;
    return verb === undefined ? undefined : command({ ...turn, raw: `/${verb}`, text: `/${verb}` });
  };
