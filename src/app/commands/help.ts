import { may } from '../staff.ts';
import { here } from '../turn.ts';
import type { Command } from './command.ts';
import { commandCalled } from './parse.ts';

/** 帮助 over the commands it tells of. */
export const helpFor = (commands: () => readonly Command[]): Command => ({
  id: 'help',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn, { text }) {
    const words = turn.content.commands;
    const about = text === '' ? undefined : commandCalled(text.replace(/^[/／]/, ''), words);
    const usage = about && words.get(about);
    if (usage)
      return [here(turn, turn.say('help.one', { verb: usage.verb, usage: usage.usage, summary: usage.summary, example: usage.example }))];
    const lines = commands().flatMap((command) => {
      const each = words.get(command.id);
      return each && may(turn.person, command.role)
        ? [turn.say('help.line', { verb: each.verb, usage: each.usage, summary: each.summary })]
        : [];
    });
    return [here(turn, turn.say('help.all', { lines: lines.join('\n') }))];
  },
});
