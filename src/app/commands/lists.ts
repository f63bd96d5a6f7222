import { openStates } from '../../domain/appeal.ts';
import { spokenTime } from '../../domain/clock-time.ts';
import { stateTitle, summaryLine } from '../appeals.ts';
import type { Appeal } from '../tables.ts';
import { here, type Turn } from '../turn.ts';
import type { Command } from './command.ts';

const shownAtMost = 20;

export const todo: Command = {
  id: 'todo',
  role: 'worker',
  needs: [],
  async run(turn) {
    const open = await turn.tx.find('appeals', { state: openStates }, { by: 'createdAt' });
    const urgentFirst = [...open].sort((a, b) => Number(b.urgent) - Number(a.urgent));
    return [here(turn, await listed(turn, urgentFirst, turn.say('todo.none')))];
  },
};

export const find: Command = {
  id: 'find',
  role: 'worker',
  needs: [],
  accepts: ['appeal'],
  async run(turn, { appeal, text }) {
    if (appeal) return [here(turn, await details(turn, appeal))];
    const all = await turn.tx.find('appeals', {}, { by: 'createdAt', descending: true });
    const named = await Promise.all(all.map(async (each) => ({ each, haystack: await haystack(turn, each) })));
    const found = text === '' ? all : named.filter(({ haystack }) => haystack.includes(text)).map(({ each }) => each);
    const [only, ...others] = found;
    if (only && others.length === 0) return [here(turn, await details(turn, only))];
    return [here(turn, await listed(turn, found, turn.say('find.none', { text })))];
  },
};

/** Numbers the rows; for half an hour "3 办结 …" then means the third. */
async function listed(turn: Turn, appeals: readonly Appeal[], none: string): Promise<string> {
  const shown = appeals.slice(0, shownAtMost);
  turn.conversation.listed = shown.map(({ id }) => id);
  turn.conversation.listedAt = turn.now.toISOString();
  if (shown.length === 0) return none;
  const lines = await Promise.all(shown.map(async (appeal, index) => `${index + 1}. ${await summaryLine(appeal, turn)}`));
  const more = appeals.length > shown.length ? turn.say('todo.more', { count: appeals.length - shown.length }) : '';
  return turn.say('todo.list', { count: appeals.length, lines: lines.join('\n'), more });
}

async function details(turn: Turn, appeal: Appeal): Promise<string> {
  const handler = appeal.handler === undefined ? undefined : await turn.tx.get('people', appeal.handler);
  const history = appeal.history.map((step) =>
    turn.say('find.step', { at: spokenTime(new Date(step.at)), state: stateTitle(step.to, turn.say), text: step.text ?? '' }),
  );
  return turn.say('find.details', {
    line: await summaryLine(appeal, turn),
    what: appeal.what,
    place: appeal.place ?? '',
    handler: handler?.name ?? '',
    due: appeal.dueOn ?? '',
    history: history.join('\n'),
  });
}

async function haystack(turn: Turn, appeal: Appeal): Promise<string> {
  const person = appeal.anonymous ? undefined : await turn.tx.get('people', appeal.person);
  return [appeal.id, appeal.what, appeal.place, person?.name, turn.content.titles.get(appeal.category)].join(' ');
}
