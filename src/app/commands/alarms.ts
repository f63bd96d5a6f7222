import { here, UserError } from '../turn.ts';
import type { Command } from './command.ts';

/** 收到: somebody is on the way, so that paging stops. Without a number it means every emergency that still pages. */
export const acknowledge: Command = {
  id: 'acknowledge',
  role: 'worker',
  needs: [],
  accepts: ['appeal'],
  open: true,
  async run(turn, { appeal }) {
    const alarms = (await turn.tx.find('alarms')).filter((alarm) => alarm.appeal !== undefined && (!appeal || alarm.appeal === appeal.id));
    if (alarms.length === 0) throw new UserError(turn.say('emergency.nothingToAcknowledge'));
    for (const alarm of alarms) await turn.tx.remove('alarms', alarm.id);
    const numbers = alarms.map(({ appeal: number }) => number).join(turn.say('list.separator'));
    return [here(turn, turn.say('emergency.acknowledged', { name: turn.person.name, numbers }))];
  },
};
