import { actingIn, makeMove, toReporter } from '../appeals/moves.ts';
import type { Command } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { here, UserError } from '../kernel/turn.ts';

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
    const told: Reply[] = [];
    for (const alarm of alarms) {
      await turn.tx.remove('alarms', alarm.id);
      const open = await turn.tx.get('appeals', alarm.appeal ?? '');
      if (open?.state !== 'registered') continue;
      const moved = await makeMove(actingIn(turn), { ...open, handler: turn.person.id, firstWordAt: turn.now.toISOString() }, 'accept');
      told.push({ ...toReporter(moved, turn.say('emergency.coming', { name: turn.person.name })), urgent: true });
    }
    const numbers = alarms.map(({ appeal: number }) => number).join(turn.say('list.separator'));
    return [here(turn, turn.say('emergency.acknowledged', { name: turn.person.name, numbers })), ...told];
  },
};
