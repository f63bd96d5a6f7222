import { openStates } from '../../domain/appeals/appeal.ts';
import { countMessage, isQuiet, type Limit } from '../../domain/people/traffic.ts';
import { inShanghai, spokenDayOf, spokenTime, writtenDate } from '../../domain/time/clock-time.ts';
import { hasShape } from '../../domain/words/short-answer.ts';
import { stateTitle } from '../appeals/moves.ts';
import { inPrivate } from '../appeals/own-appeals.ts';
import type { Appeal, AppealStep } from '../appeals/rows.ts';
import { accountName } from '../kernel/accounts.ts';
import { archivedRows } from '../kernel/archive.ts';
import type { Reply } from '../kernel/message.ts';
import type { Page } from '../kernel/papers.ts';
import { ask } from '../kernel/question.ts';
import { toStaff } from '../kernel/staff.ts';
import type { Tables } from '../kernel/table.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { reminderLines } from '../reminders/list.ts';
import { ownCode } from './enrolment.ts';
import { isUrgent } from './erasure.ts';

type Alarm = Tables['alarms'];

const topic = 'action.privacy';
const limit: Limit = { messages: 10, minutes: 60 };
/** Without a file at most so many appeals are told. */
const toldAtMost = 10;

/** 我的信息, 导出我的信息, 删除我的信息: what the office holds about whoever asks (《个人信息保护法》第四十四至四十七条). */
export const ownData: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const { myData, exportMine, eraseMine, joinMine } = turn.content.shortAnswers;
  const answer = [
    { shapes: myData, tell: async () => inPrivate(turn, topic, await overview(turn)) },
    { shapes: exportMine, tell: () => copyFor(turn) },
    { shapes: eraseMine, tell: () => askToErase(turn) },
    { shapes: joinMine, tell: () => codeFor(turn) },
  ].find(({ shapes }) => hasShape(turn.text, shapes));
  return answer && ((await tooOften(turn)) ?? answer.tell());
};

/** 绑定: a code by which they prove on another account that it is they. */
async function codeFor(turn: Turn): Promise<Outcome> {
  if (turn.room) return inPrivate(turn, topic, turn.say('privacy.privately'));
  return { decision: 'action', topic, replies: [here(turn, await codeTold(turn))] };
}

async function codeTold(turn: Turn): Promise<string> {
  if (turn.person.role !== undefined) return turn.say('twoAccounts.staff');
  const { names = [turn.account] } = (await turn.tx.get('switches', 'accounts')) ?? {};
  const others = names.filter((name) => name !== turn.account).map((name) => accountName(name, turn.say));
  if (others.length === 0) return turn.say('twoAccounts.none');
  return turn.say('twoAccounts.code', { code: await ownCode(turn), accounts: others.join(turn.say('list.separator')) });
}

/** Silence is no answer to whoever asks for their own, but the archive is read each time: so many times an hour are enough. */
async function tooOften(turn: Turn): Promise<Outcome | undefined> {
  const { tx, person, now, say } = turn;
  const id = `own-data/${person.id}`;
  const before = await tx.get('traffic', id);
  const silent: Outcome = { decision: 'silent', topic, replies: [] };
  if (isQuiet(before, now)) return silent;
  const { tally, tooMuch } = countMessage(before, undefined, now, limit);
  await tx.put('traffic', { id, ...tally });
  if (!tooMuch) return undefined;
  return tally.level > 1 ? silent : inPrivate(turn, topic, say('traffic.person', { phone: localValue('office.phone', turn) }));
}

async function overview(turn: Turn): Promise<string> {
  const { tx, person, say } = turn;
  const own = await everythingTold(turn);
  const alarms = await ownAlarms(turn);
  const originals = await tx.count('originals', { person: person.id });
  const reminders = await tx.count('reminders', { person: person.id });
  const waiting = await tx.count('deliveries', { person: person.id, state: 'waiting' });
  return say('privacy.mine', {
    name: person.name,
    count: own.length,
    open: own.filter(({ state }) => openStates.includes(state)).length,
    alarms: alarms.length === 0 ? '' : say('privacy.alarms', { count: alarms.length }),
    originals: originals === 0 ? say('privacy.noOriginals') : say('privacy.originals', { count: originals }),
    reminders: reminders === 0 ? '' : say('privacy.reminders', { count: reminders }),
    subscribed: person.subscribedAt === undefined ? '' : say('privacy.subscribed'),
    waiting: waiting === 0 ? '' : say('privacy.waiting', { count: waiting }),
  });
}

/** A copy of it: a page to keep; where there are no files, a few lines. */
async function copyFor(turn: Turn): Promise<Outcome> {
  if (turn.room) return inPrivate(turn, topic, turn.say('privacy.privately'));
  const own = await everythingTold(turn);
  const alarms = await ownAlarms(turn);
  const reminders = await reminderLines(turn);
  const file = await turn.papers?.page(turn.say('privacy.pageName'), pageOf(turn, own, alarms, reminders));
  const text =
    file === undefined
      ? [
          await overview(turn),
          ...own.slice(0, toldAtMost).map((appeal) => lineOf(turn, appeal)),
          ...alarms.slice(0, toldAtMost).flatMap((alarm) => ownWords(turn, alarm)),
          ...reminders,
        ].join('\n')
      : turn.say('privacy.copy', { count: own.length });
  // It is forgotten once it was handed over.
  const reply: Reply = { ...here(turn, turn.vault.seal(text), file), sealed: true };
  return { decision: 'action', topic, replies: [reply] };
}

function pageOf(turn: Turn, own: readonly Appeal[], alarms: readonly Alarm[], reminders: readonly string[]): Page {
  const { say, person, content, now } = turn;
  const blocks = own.flatMap((appeal): Page['blocks'] => [
    { heading: `${appeal.id} ${content.titles.get(appeal.category) ?? ''} ${stateTitle(appeal.state, say)}` },
    { paragraph: [spokenTime(new Date(appeal.createdAt)), appeal.what, appeal.place ?? '', appeal.result ?? ''].join(' ') },
    ...appeal.history
      .filter((step) => isForReporter(appeal, step))
      .map(({ at, move, text = '' }) => ({
        paragraph: say('record.step', { at: spokenTime(new Date(at)), move: say(`move.${move}`), text }),
      })),
  ]);
  const ofAlarms = alarms.flatMap((alarm): Page['blocks'] => [
    { heading: say('privacy.alarm', { number: alarm.id }) },
    ...ownWords(turn, alarm).map((paragraph) => ({ paragraph })),
  ]);
  const ofReminders: Page['blocks'] =
    reminders.length === 0 ? [] : [{ heading: say('privacy.remindersPage') }, ...reminders.map((paragraph) => ({ paragraph }))];
  return {
    title: say('privacy.pageTitle', { name: person.name }),
    blocks: [{ paragraph: say('privacy.pageIntro') }, ...blocks, ...ofAlarms, ...ofReminders],
    signature: [content.community.name, writtenDate(now)],
  };
}

/** Of an alarm what they said themselves, and what staff wrote to them: nothing that others said, and nothing that staff noted. */
function ownWords({ say, person }: Turn, { history, person: teller }: Alarm): string[] {
  return history
    .filter(({ actor, move, text }) => text !== undefined && (actor === person.id || (move === 'answer' && teller === person.id)))
    .map(({ at, move, text = '' }) => say('record.step', { at: spokenTime(new Date(at)), move: say(`alarmMove.${move}`), text }));
}

/** The alarms that they told of, the latest first, also what is archived. Slow: it is read from disk. */
async function ownAlarms({ tx, person }: Turn): Promise<Alarm[]> {
  const all = [...(await archivedRows(tx, 'alarms', person.id)), ...(await tx.mentioning('alarms', person.id))];
  return all
    .filter(({ person: teller, voices }) => teller === person.id || voices.includes(person.id))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** What staff told the reporter; of what they wrote for themselves, and what others said who joined, nothing. */
const told: readonly AppealStep['move'][] = ['answer', 'ask', 'refer', 'extend', 'decline', 'resolve'];

function isForReporter({ person, leftAt = '' }: Appeal, { actor, move, text, at }: AppealStep): boolean {
  return text !== undefined && (actor === person || (told.includes(move) && at >= leftAt));
}

function lineOf({ say, content }: Turn, appeal: Appeal): string {
  return say('status.line', {
    number: appeal.id,
    state: stateTitle(appeal.state, say),
    category: content.titles.get(appeal.category) ?? '',
    date: spokenTime(new Date(appeal.createdAt)),
    word: appeal.what,
  });
}

async function askToErase(turn: Turn): Promise<Outcome> {
  // Said, not thrown: that it was asked for stays counted.
  if (turn.person.role !== undefined) return { decision: 'action', topic, replies: [here(turn, turn.say('privacy.eraseStaff'))] };
  if (turn.room) return inPrivate(turn, topic, turn.say('privacy.privately'));
  if (await isUrgent(turn)) return { decision: 'action', topic, replies: [here(turn, turn.say('privacy.eraseLater'))] };
  await ask(turn, { kind: 'erasure' });
  return { decision: 'action', topic, replies: [here(turn, await eraseQuestion(turn))] };
}

/** Whether everything shall really be deleted; with what is still open. */
export async function eraseQuestion({ tx, person, say }: Turn): Promise<string> {
  const open = await tx.count('appeals', { person: person.id, state: openStates });
  return say('privacy.eraseAsk', { open: open === 0 ? '' : say('privacy.eraseOpen', { count: open }) });
}

/** That everything is deleted, and until when copies of the nights before are kept. */
export function erasedText({ backups, now, say }: Turn): string {
  if (!backups) return say('privacy.erased');
  return say('privacy.erasedCopies', { day: spokenDayOf(backups.goneOn(now), inShanghai(now).date) });
}

/** What staff hear of it: numbers, no words. */
export async function erasedNotice(turn: Turn, withdrawn: readonly string[]): Promise<Reply[]> {
  if (withdrawn.length === 0) return [];
  return toStaff(turn.tx, turn.say('privacy.erasedStaff', { numbers: withdrawn.join(turn.say('list.separator')) }));
}

async function everythingTold({ tx, person }: Turn): Promise<Appeal[]> {
  const archived = (await archivedRows(tx, 'appeals', person.id)).filter((appeal) => appeal.person === person.id);
  return [...archived, ...(await tx.find('appeals', { person: person.id }))].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
