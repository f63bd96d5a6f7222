import type { Command } from '../kernel/command.ts';
import { here, UserError } from '../kernel/turn.ts';
import { frozenSince, thawOutbox } from '../sending/freeze.ts';
import { liftLimits } from '../sending/limited.ts';

/** 备份: copies what is kept, now, besides the daily copy. */
export const backup: Command = {
  id: 'backup',
  role: 'director',
  needs: [],
  async run(turn) {
    if (!turn.backups) throw new UserError(turn.say('backup.nothingKept'));
    const made = await turn.backups.make(turn.now).catch(() => undefined);
    if (!made) throw new UserError(turn.say('backup.failed'));
    return [here(turn, turn.say('backup.made', { name: made.name, rows: made.rows, size: Math.ceil(made.bytes / 1024) }))];
  },
};

/** 放行: after a restore, what was queued then is said after all, or dropped; an account that was limited is well again. */
export const thaw: Command<{ drop: boolean }> = {
  id: 'thaw',
  role: 'director',
  needs: [],
  async resolve(turn, { text }) {
    return { drop: text.includes(turn.say('thaw.dropWord')) };
  },
  async confirm(turn, _, { drop }) {
    return drop && (await frozenSince(turn.tx)) !== undefined ? turn.say('thaw.dropWarning') : undefined;
  },
  async run(turn, _, { drop }) {
    const count = await thawOutbox(turn.tx, drop);
    const lifted = await liftLimits(turn.tx, turn.now);
    if (count === undefined && lifted) return [here(turn, turn.say('account.lifted'))];
    if (count === undefined) throw new UserError(turn.say('thaw.notFrozen'));
    return [here(turn, turn.say(drop ? 'thaw.dropped' : 'thaw.done', { count }))];
  },
};
