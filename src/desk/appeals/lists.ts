import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate, isRunning } from '../../domain/appeals/appeal-clock.ts';
import { type NumberReading, readAppealNumber } from '../../domain/appeals/appeal-number.ts';
import { inShanghai, spokenDay, spokenTime } from '../../domain/time/clock-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { recentList } from '../commands/recent-list.ts';
import { noteAct } from '../kernel/audit.ts';
import type { Command } from '../kernel/command.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Audit } from '../kernel/rows.ts';
import { actingFor, may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { briefly } from '../kernel/whole.ts';
import { appealByNumber } from './lookup.ts';
import { archivedAppeal, reporterName, stateTitle, summaryLine } from './moves.ts';
import { onAppeal } from './on-appeal.ts';
import type { Appeal } from './rows.ts';
import { likeAppeals } from './similar.ts';
import { maySee } from './staff.ts';

const shownAtMost = 20;
/** So many rows fill a phone's screen, with so many characters of what is the matter. */
const screen = 7;
const briefWords = 14;

/** 待办: what is open, urgent ones first, then by when an answer is due: a screen of it, what comes after, or a part. */
export const todo: Command = {
  id: 'todo',
  role: 'worker',
  needs: [],
  bare: true,
  async run(turn, { text }) {
    const open = await turn.tx.find('appeals', { state: openStates }, { by: 'createdAt' });
    const after = turn.content.staffWords.rest.includes(text);
    const wanted = text === '' || after ? () => true : await filterCalled(turn, text);
    if (!wanted) throw new UserError(turn.say('todo.whichFilter'));
    const rows = open
      .filter((appeal) => wanted(appeal) && maySee(turn.person, appeal, turn.content.categories))
      .sort((a, b) => Number(b.urgent) - Number(a.urgent) || (a.answerBy ?? '9').localeCompare(b.answerBy ?? '9'));
    return [here(turn, await onScreen(turn, rows, after))];
  },
};

/** The row of the example that is told below a list, where there are so many. */
const exampleRow = 3;

/** The first screen of what is open, or what comes after it. The numbers of both hold. */
async function onScreen(turn: Turn, appeals: readonly Appeal[], after: boolean): Promise<string> {
  const first = after ? screen : 0;
  const shown = appeals.slice(first, after ? first + shownAtMost : screen);
  noteListed(turn, appeals.slice(0, screen + shownAtMost));
  if (shown.length === 0) return turn.say(after && appeals.length > 0 ? 'todo.noRest' : 'todo.none');
  const lines = await Promise.all(
    shown.map(async (each, index) => `${first + index + 1}. ${await summaryLine(each, turn, briefWords)}${lateness(turn, each)}`),
  );
  const left = appeals.length - first - shown.length;
  const more = left === 0 ? '' : turn.say(after ? 'todo.more' : 'todo.rest', { count: left });
  const row = first + Math.min(exampleRow, shown.length);
  return turn.say('todo.list', { count: appeals.length, lines: lines.join('\n'), more, row });
}

/** 查: one appeal whole, by its number; or those whose number, words, place, name or telephone ending fit. */
export const find: Command = {
  id: 'find',
  role: 'worker',
  needs: ['text'],
  async run(turn, { text }) {
    const reading = readAppealNumber(text, turn.content.community.prefix);
    const meant = reading && ((await appealByNumber(turn, text)) ?? (await longClosed(turn, reading)));
    // Called by its row the list is still read: "/查 5" leaves the first row the first.
    if (meant && reading.form === 'short' && recentList(turn, 'appeals')?.[Number(reading.ending) - 1]?.[0] === meant.id)
      return [here(turn, await details(turn, meant))];
    if (meant) return [here(turn, await shownAlone(turn, meant))];
    const stored = await turn.tx.find('appeals', {}, { by: 'createdAt', descending: true });
    const all = stored.filter((appeal) => maySee(turn.person, appeal, turn.content.categories));
    const named = await Promise.all(all.map(async (each) => ({ each, searched: await searchedIn(turn, each) })));
    const found = named.filter(({ searched }) => searched.includes(text)).map(({ each }) => each);
    const [only, ...others] = found;
    if (only && others.length === 0) return [here(turn, await shownAlone(turn, only))];
    return [here(turn, await listed(turn, found, 'find.list', turn.say('find.none', { text: text.slice(0, 20) })))];
  },
};

/** 相似: what may be about the same as one appeal, open or closed lately, so that staff can merge it. */
export const alike: Command = {
  id: 'alike',
  role: 'worker',
  needs: ['appeal'],
  async run(turn, { appeal }) {
    if (!appeal) return [];
    const found = (await likeAppeals(turn, appeal)).filter(
      (each) => each.appeal.id !== appeal.id && maySee(turn.person, each.appeal, turn.content.categories),
    );
    const likeliest = found.sort((a, b) => Number(b.sure) - Number(a.sure) || a.appeal.createdAt.localeCompare(b.appeal.createdAt));
    const rows = likeliest.map((each) => each.appeal);
    const list = await listed(turn, rows, 'alike.list', turn.say('alike.none', { number: appeal.id }));
    return [here(turn, rows.length === 0 ? list : `${list}\n${turn.say('alike.how', { number: appeal.id })}`)];
  },
};

/** 全文: the words of an appeal, and of each of its steps, whole. */
export const wholeWords: Command = {
  id: 'whole',
  role: 'worker',
  needs: ['appeal'],
  run: onAppeal(async (turn, appeal) => {
    const steps = appeal.history.flatMap(({ at, move, text = '' }) =>
      text === '' ? [] : [turn.say('record.step', { at: spokenTime(new Date(at)), move: turn.say(`move.${move}`), text: oneLine(text) })],
    );
    return [
      here(turn, turn.say('find.whole', { line: await summaryLine(appeal, turn), what: oneLine(appeal.what), steps: steps.join('\n') })),
    ];
  }),
};

/** By its full number staff find also what was closed long ago. */
async function longClosed({ tx, person, content }: Turn, reading: NumberReading): Promise<Appeal | undefined> {
  const appeal = reading.form === 'full' ? await archivedAppeal(tx, reading.number) : undefined;
  return appeal && maySee(person, appeal, content.categories) ? appeal : undefined;
}

/** 审计: everything that was ever done to an appeal, by whom and when. */
export const auditTrail: Command = {
  id: 'audit',
  role: 'director',
  needs: ['appeal'],
  async run(turn, { appeal }) {
    if (!appeal) return [];
    const acts = await actsOn(turn.tx, appeal);
    const looks = await Promise.all(
      acts
        .filter(({ act }) => looked.includes(act))
        .map(async ({ at, actor, act }) =>
          turn.say('audit.look', {
            at: spokenTime(new Date(at)),
            actor: await actorName(turn, actor),
            act: turn.content.commands.get(act)?.verb ?? turn.say('audit.seeName'),
          }),
        ),
    );
    const steps = await Promise.all(
      appeal.history.map(async (step) =>
        turn.say('audit.step', {
          at: spokenTime(new Date(step.at)),
          actor: appeal.anonymous && step.actor === appeal.person ? turn.say('audit.resident') : await actorName(turn, step.actor),
          move: turn.say(`move.${step.move}`),
          state: stateTitle(step.to, turn.say),
          text: oneLine(step.text ?? ''),
        }),
      ),
    );
    return [
      here(
        turn,
        turn.say('audit.whole', { line: await summaryLine(appeal, turn), lines: [...steps, ...looks].join('\n'), acts: acts.length }),
      ),
    ];
  },
};

/** Acts that change nothing and are told all the same: somebody saw what was hidden. */
const looked: readonly string[] = ['reveal', 'see-name'];

/** Everything in the audit trail about an appeal, also what is archived already. */
async function actsOn(tx: Transaction, { id, createdAt }: Appeal): Promise<Audit[]> {
  const months = (await tx.archivedMonths('audit')).filter((month) => month >= createdAt.slice(0, 7));
  const archived = await Promise.all(months.map((month) => tx.archived('audit', month, id)));
  return [...archived.flat(), ...(await tx.find('audit', { target: id }))].filter(({ target }) => target === id);
}

async function filterCalled(turn: Turn, text: string): Promise<((appeal: Appeal) => boolean) | undefined> {
  const { mine, today, urgent, overdue, unassigned } = turn.content.staffWords;
  if (mine.includes(text)) {
    const actedFor = await whomIActFor(turn);
    return ({ handler }) => handler !== undefined && actedFor.includes(handler);
  }
  if (today.includes(text))
    return ({ answerBy }) => answerBy !== undefined && inShanghai(new Date(answerBy)).date <= inShanghai(turn.now).date;
  if (urgent.includes(text)) return (appeal) => appeal.urgent;
  if (overdue.includes(text)) return (appeal) => isLate(appeal, turn.now);
  if (unassigned.includes(text)) return ({ handler }) => handler === undefined;
  return undefined;
}

/** One appeal whole: it is now the first row of the list. */
function shownAlone(turn: Turn, appeal: Appeal): Promise<string> {
  noteListed(turn, [appeal]);
  return details(turn, appeal);
}

function noteListed(turn: Turn, shown: readonly Appeal[]): void {
  turn.conversation.listed = { of: 'appeals', rows: shown.map(({ id }) => [id]), at: turn.now.toISOString() };
}

/** Whose appeals are those of who asks: their own, and those of colleagues who are away. */
async function whomIActFor({ tx, now, person }: Turn): Promise<string[]> {
  const away = await tx.find('absences', { until: { atLeast: now.toISOString() } });
  const acted = await Promise.all(
    away.map(async ({ id }) => {
      const colleague = await tx.get('people', id);
      return colleague?.role !== undefined && (await actingFor(tx, now, colleague))?.id === person.id ? [id] : [];
    }),
  );
  return [person.id, ...acted.flat()];
}

/** Numbers the rows below a heading; for half an hour "3 办结 …" then means the third. Only what is to be done may be called so. */
async function listed(turn: Turn, appeals: readonly Appeal[], heading: 'find.list' | 'alike.list', none: string): Promise<string> {
  const shown = appeals.slice(0, shownAtMost);
  noteListed(turn, shown);
  if (shown.length === 0) return none;
  const lines = await Promise.all(
    shown.map(async (appeal, index) => `${index + 1}. ${await summaryLine(appeal, turn)}${lateness(turn, appeal)}`),
  );
  const more = appeals.length > shown.length ? turn.say('todo.more', { count: appeals.length - shown.length }) : '';
  return turn.say(heading, { count: appeals.length, lines: lines.join('\n'), more });
}

function lateness(turn: Turn, appeal: Appeal): string {
  if (!isRunning(appeal.state) || appeal.answerBy === undefined) return '';
  return turn.say(isLate(appeal, turn.now) ? 'todo.late' : 'todo.due', { date: spokenDay(new Date(appeal.answerBy), turn.now) });
}

async function details(turn: Turn, appeal: Appeal): Promise<string> {
  const handler = appeal.handler === undefined ? undefined : await turn.tx.get('people', appeal.handler);
  const history = await Promise.all(
    appeal.history.map(async (step) =>
      turn.say('find.step', {
        at: spokenTime(new Date(step.at)),
        move: turn.say(`move.${step.move}`),
        actor: appeal.anonymous && step.actor === appeal.person ? '' : await staffName(turn, step.actor),
        text: briefly(turn.say, step.text ?? '', appeal.id),
      }),
    ),
  );
  return turn.say('find.details', {
    line: await summaryLine(appeal, turn),
    reporter: await knownToDirector(turn, appeal),
    what: briefly(turn.say, appeal.what, appeal.id),
    place: oneLine(appeal.place ?? ''),
    handler: handler?.name ?? '',
    due: appeal.answerBy === undefined ? '' : spokenDay(new Date(appeal.answerBy), turn.now),
    files: appeal.files.length > 0 ? turn.say('appeal.files', { count: appeal.files.length }) : '',
    urges: appeal.urges ?? '',
    rating: appeal.ratings.map(({ solved }) => turn.say(`rating.${solved}`)).join(turn.say('list.separator')),
    history: history.join('\n'),
  });
}

/** The name of who wanted to stay unnamed: for the director alone, in private, and noted. */
async function knownToDirector(turn: Turn, appeal: Appeal): Promise<string> {
  if (!appeal.anonymous || turn.room || !may(turn.person, 'director')) return '';
  await noteAct(turn, 'see-name', true, appeal.id);
  return turn.say('find.anonymous', { name: await reporterName({ ...appeal, anonymous: false }, turn) });
}

async function staffName(turn: Turn, actor: string): Promise<string> {
  const person = await turn.tx.get('people', actor);
  return person?.role === undefined ? '' : person.name;
}

async function actorName(turn: Turn, actor: string): Promise<string> {
  const person = await turn.tx.get('people', actor);
  if (!person) return turn.say('audit.clock');
  return person.role === undefined ? turn.say('audit.resident') : person.name;
}

async function searchedIn(turn: Turn, appeal: Appeal): Promise<string> {
  const title = turn.content.titles.get(appeal.category);
  return [appeal.id, appeal.what, appeal.place, await reporterName(appeal, turn), title].join(' ');
}
