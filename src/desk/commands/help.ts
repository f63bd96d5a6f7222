import type { CommandWords } from '../../domain/content/knowledge.ts';
import type { Command } from '../kernel/command.ts';
import { may } from '../kernel/staff.ts';
import { here } from '../kernel/turn.ts';
import { commandIn, commandsUnder } from './parse.ts';

/** 帮助: every command, or those under a word, or how one is written. */
export const help: Command = {
  id: 'help',
  role: 'worker',
  needs: [],
  open: true,
  bare: true,
  async run(turn, { text }) {
    const words = turn.content.commands;
    const usage = words.get(commandIn(text.replace(/^[/／]/, ''), words)?.id ?? '');
    if (usage) return [here(turn, turn.say('help.one', { call: callOf(usage), summary: usage.summary, example: usage.example }))];
    // "/帮助 播报": those that begin with it; all of them when none does.
    const under = commandsUnder(text.replace(/^[/／]/, ''), words);
    const lines = turn.commands.flatMap((command) => {
      const each = under.length === 0 || under.includes(command.id) ? words.get(command.id) : undefined;
      return each && may(turn.person, command.role) ? [turn.say('help.line', { call: callOf(each), summary: each.summary })] : [];
    });
    return [here(turn, turn.say('help.all', { lines: lines.join('\n') }))];
  },
};

/** "/受理 <单号|序号>" */
export function callOf({ verb, usage }: Pick<CommandWords, 'verb' | 'usage'>): string {
  return `/${verb} ${usage}`.trimEnd();
}
