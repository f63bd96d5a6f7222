import type { CommandWords, Situation } from '../../domain/content/knowledge.ts';
import type { Command } from '../kernel/command.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { commandIn, commandsUnder } from './parse.ts';

/** 帮助: one screen by situation; everything of a situation; those that begin with a word; how one is written. */
export const help: Command = {
  id: 'help',
  role: 'worker',
  needs: [],
  bare: true,
  async run(turn, { text }) {
    const asked = text.replace(/^[/／]/u, '').trim();
    return [here(turn, asked === '' ? page(turn) : helpOn(turn, asked))];
  },
};

function helpOn(turn: Turn, asked: string): string {
  const { commands: words, situations } = turn.content;
  if (asked === turn.say('help.everything'))
    return turn.say('help.under', { lines: situations.map((each) => whole(turn, each)).join('\n') });
  const called = commandIn(asked, words);
  const situation = called?.rest === '' ? undefined : situations.find(({ title }) => title.includes(asked));
  if (situation) return turn.say('help.under', { lines: whole(turn, situation) });
  const usage = words.get(called?.id ?? '');
  if (usage) return turn.say('help.one', { call: callOf(usage), summary: usage.summary, example: usage.example });
  // "/帮助 播报": those that begin with it.
  const under = commandsUnder(asked, words);
  return under.length === 0 ? page(turn) : turn.say('help.under', { lines: summaries(turn, under) });
}

/** One screen: each situation with the commands that come first in it, as lines to copy. */
function page(turn: Turn): string {
  const { commands: words, situations } = turn.content;
  const told = situations.flatMap(({ title, first }) => {
    const lines = allowed(turn, first).map((id) => words.get(id)?.example ?? '');
    return lines.length === 0 ? [] : [turn.say('help.situation', { title, lines: lines.join('\n') })];
  });
  const [first] = situations;
  return turn.say('help.page', {
    situations: told.join('\n'),
    situation: first?.title ?? '',
    verb: words.get(first?.first.at(-1) ?? '')?.verb ?? '',
  });
}

function whole(turn: Turn, { title, first, more }: Situation): string {
  const lines = summaries(turn, [...first, ...more]);
  return lines === '' ? '' : turn.say('help.situation', { title, lines });
}

function summaries(turn: Turn, ids: readonly string[]): string {
  return allowed(turn, ids)
    .flatMap((id) => turn.content.commands.get(id) ?? [])
    .map((each) => turn.say('help.line', { call: callOf(each), summary: each.summary }))
    .join('\n');
}

function allowed(turn: Turn, ids: readonly string[]): string[] {
  return ids.filter((id) => turn.commands.some((each) => each.id === id && may(turn.person, each.role) && each.when?.(turn) !== false));
}

/** "/受理 <单号|序号>" */
export function callOf({ verb, usage }: Pick<CommandWords, 'verb' | 'usage'>): string {
  return `/${verb} ${usage}`.trimEnd();
}
