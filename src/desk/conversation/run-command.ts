import { z } from 'zod';
import { after } from '../../domain/appeals/appeal.ts';
import { alarmPrefix } from '../../domain/danger/alarm-number.ts';
import { daysOf } from '../../domain/time/period.ts';
import { mask } from '../../domain/words/masking.ts';
import { appealMeant } from '../appeals/lookup.ts';
import { actingIn, illegalMove, namedAppeal } from '../appeals/moves.ts';
import { rememberForUndo } from '../appeals/undo.ts';
import { plainReaders, type Readers, readCall } from '../commands/arguments.ts';
import { callOf } from '../commands/help.ts';
import { afterSlash, commandIn, commandsUnder, nearestVerb } from '../commands/parse.ts';
import { SeveralPeople } from '../commands/person-meant.ts';
import { onAlarm } from '../danger/instead.ts';
import { alarmMeant } from '../danger/lookup.ts';
import type { Question } from '../kernel/asked.ts';
import { noteAct } from '../kernel/audit.ts';
import { type Argument, type Call, type Command, type Doubt, maskedToAll } from '../kernel/command.ts';
import { day, personId, time } from '../kernel/fields.ts';
import type { Reply } from '../kernel/message.ts';
import { ask, settle } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { here, type Outcome, privately, type Turn, UserError } from '../kernel/turn.ts';
import { keptAtMost } from '../kernel/whole.ts';

export const codeLength = 2;

const readers: Readers = { ...plainReaders, appeal: appealMeant, into: appealMeant, alarm: alarmMeant };
/** More than that of one text is refused, before anything is done: what is said to be sent or noted is so whole. */
const textAtMost = keptAtMost;
/** Words of the line that come back in a sentence of ours are cut to this. */
const quotedAtMost = 20;

/**
 * Runs one line of a command, as it was typed. What is missing is asked for; every refusal says what to type next. Numbers
 * that are somebody's own are masked before anything is done with them.
 * @param chosen the person who was chosen by row when several fitted a name in it
 */
export async function runLine(turn: Turn, typed: string, chosen?: string): Promise<Outcome> {
  const begun = commandIn(afterSlash(typed) ?? '', turn.content.commands);
  const found = turn.commands.find(({ id }) => id === begun?.id);
  const text = maskedLine(typed, turn.content.community.prefix, found?.masks);
  const line = afterSlash(text) ?? '';
  const called = commandIn(line, turn.content.commands);
  if (!called || !found) return unknown(turn, line);
  if (turn.room?.kind === 'residents' && !found.anywhere) return outOfPlace(turn);
  if (!may(turn.person, found.role)) return refused(turn, found);
  return guarded(turn, found, async () => {
    // What follows would be read to a resident as the words of the first.
    if (holdsAnother(turn, called.rest)) throw new UserError(turn.say('command.oneAtATime'));
    const onOne = await onAlarm(turn, found, called.rest);
    if (onOne) return answered(discreet(turn, found, onOne));
    const call = await readCall(turn, found, called.rest, readers, chosen).catch((error: unknown) => severalFit(error));
    if (call instanceof SeveralPeople) return askWhich(turn, call, text);
    if ('text' in call && call.text.length > textAtMost && found.masks !== maskedToAll)
      throw new UserError(turn.say('command.tooLong', { count: call.text.length, most: textAtMost }));
    if ('missing' in call) return askFor(turn, found, call.missing, text);
    if (found.move && call.appeal && after(call.appeal.state, found.move) === undefined)
      throw new UserError(illegalMove(actingIn(turn), call.appeal));
    await dropAsked(turn);
    const act = await found.resolve?.(turn, call);
    const warning = await found.confirm?.(turn, call, act);
    if (warning !== undefined) return askToConfirm(turn, found, call, act, warning);
    const doubts = (await found.doubts?.(turn, call)) ?? [];
    if (doubts.length > 0) return askToLook(turn, found, call, doubts);
    return carryOut(turn, found, call, act);
  });
}

/** Whether another command stands in the text of one, on a line or behind a stop. */
function holdsAnother({ content }: Turn, rest: string): boolean {
  return rest
    .split(/(?<=[\s。；;])(?=[/／])/u)
    .some((part, at) => at > 0 && commandIn(afterSlash(part) ?? '', content.commands) !== undefined);
}

/** Does it. What is refused will be noted and told, privately where it was said in a group. */
async function guarded(turn: Turn, found: Command, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    error.act = found.id;
    error.replies = discreet(turn, found, [here(turn, error.message)]);
    error.answered ??= askedFor(turn, found);
    throw error;
  }
}

/**
 * The line without numbers that are somebody's own. The number of an appeal, or of a row, is none of them: it is set apart,
 * unless it is itself the beginning of one ("/查 139 8580 1234").
 */
function maskedLine(typed: string, prefix: string, kinds: Command['masks']): string {
  const [verb = ''] = /^\s*[/／]\s*\p{Script=Han}*[\s　]*/u.exec(typed) ?? [];
  const rest = typed.slice(verb.length);
  const [number = ''] = new RegExp(`^(?:${prefix}|${alarmPrefix})?[\\d-]*`, 'iu').exec(rest) ?? [];
  const after = rest.slice(number.length);
  const apart = !beginsWithOwn(rest) || beginsWithOwn(after.trimStart());
  return verb + (apart ? number + mask(after, kinds).text : mask(rest, kinds).text);
}

/** Whether a text begins with a number that is somebody's own. */
function beginsWithOwn(text: string): boolean {
  const [first] = mask(text).found;
  return first !== undefined && text.startsWith(first.original);
}

/** Whoever was asked for what is missing and typed a command has gone on: what comes next is no answer, and goes to no resident. */
async function dropAsked(turn: Turn): Promise<void> {
  if (turn.asked?.question.kind === 'argument') await settle(turn);
}

/** Our question for what is missing in this command, if it waits. */
function askedFor(turn: Turn, found: Command): Question | undefined {
  const asked = turn.asked?.question;
  return asked?.kind === 'argument' && commandIn(afterSlash(asked.line) ?? '', turn.content.commands)?.id === found.id ? asked : undefined;
}

/** Asks once for what is missing; whoever is asked a second time is shown how it is written. */
async function askFor(turn: Turn, found: Command, missing: Argument, line: string): Promise<Outcome> {
  const words = turn.content.commands.get(found.id);
  const asked = turn.asked?.question;
  if (asked?.kind === 'argument' && asked.missing === missing && words) {
    const usage = turn.say('help.one', { call: callOf(words), summary: words.summary, example: words.example });
    return answered(discreet(turn, found, [here(turn, usage)]));
  }
  await dropAsked(turn);
  await ask(turn, { kind: 'argument', missing, line });
  // Asked where the answer is waited for; it holds nothing private.
  return answered([here(turn, turn.say(`missing.${missing}`, { example: words?.example ?? '' }))]);
}

function severalFit(error: unknown): SeveralPeople {
  if (error instanceof SeveralPeople) return error;
  throw error;
}

/** Several people fit a name: nothing is done to any of them before it was said which, by row. */
async function askWhich(turn: Turn, { message, people }: SeveralPeople, line: string): Promise<Outcome> {
  await dropAsked(turn);
  await ask(turn, { kind: 'whichPerson', line: line.slice(0, 2000), people: [...people] });
  return answered([here(turn, message)]);
}

async function carryOut(turn: Turn, found: Command, call: Call, act: unknown): Promise<Outcome> {
  const replies = await found.run(turn, call, act);
  if (found.move) await rememberForUndo(turn, replies);
  else await noteAct(turn, found.id, true, targetOf(call));
  return answered(discreet(turn, found, replies));
}

/** What it was done to, by its id; a period by its days. */
function targetOf({ appeal, alarm, person, topic, period }: Call): string | undefined {
  const days = period && daysOf(period);
  return appeal?.id ?? alarm?.id ?? person?.id ?? topic ?? (days && `${days.first}/${days.last}`);
}

const span = z.object({ from: time, to: time });
/** What a command was given, as it is kept until it is confirmed: rows by their ids. */
export const keptCall = z.object({
  appeal: z.string().exactOptional(),
  into: z.string().exactOptional(),
  person: personId.exactOptional(),
  topic: z.string().exactOptional(),
  fact: z.string().exactOptional(),
  due: day.exactOptional(),
  days: z.number().exactOptional(),
  minutes: z.number().exactOptional(),
  period: span.extend({ kind: z.enum(['days', 'week', 'month']), count: z.number(), before: span }).exactOptional(),
  row: z.number().exactOptional(),
  despite: z.array(z.string()).exactOptional(),
  text: z.string(),
});
type KeptCall = z.infer<typeof keptCall>;

/** What seems lacking, and one key to do it all the same; or better words. */
async function askToLook(turn: Turn, found: Command, call: Call, doubts: readonly Doubt[]): Promise<Outcome> {
  await ask(turn, { kind: 'lastLook', command: found.id, call: keptOf({ ...call, despite: doubts.map(({ id }) => id) }) });
  const text = turn.say('lastLook.ask', {
    appeal: call.appeal === undefined ? '' : turn.room ? call.appeal.id : await namedAppeal(call.appeal, turn),
    doubts: doubts.map((doubt) => doubt.text).join('\n'),
  });
  // Asked where the answer is waited for; in a group it says of whom by the number alone.
  return answered([here(turn, text)]);
}

/** What a command was given, with rows by their ids. */
function keptOf({ appeal, into, person, alarm: _, despite, ...rest }: Call): KeptCall {
  return {
    ...rest,
    ...(despite ? { despite: [...despite] } : {}),
    ...(appeal ? { appeal: appeal.id } : {}),
    ...(into ? { into: into.id } : {}),
    ...(person ? { person: person.id } : {}),
  };
}

/** "发给 12 个群，回复 确认 7K" */
async function askToConfirm(turn: Turn, found: Command, call: Call, act: unknown, warning: string): Promise<Outcome> {
  const code = turn.ids.code(codeLength);
  await ask(turn, { kind: 'confirmation', command: found.id, call: keptOf(call), ...(act === undefined ? {} : { act }), code });
  return answered([here(turn, turn.say('command.confirm', { warning, code }))]);
}

/** Carries out what was confirmed: just that, on rows as they are now. */
export async function confirmed(
  turn: Turn,
  { command, call: kept, act }: Pick<Question<'confirmation'>, 'command' | 'call' | 'act'>,
): Promise<Outcome> {
  const found = turn.commands.find(({ id }) => id === command);
  if (!found || !may(turn.person, found.role)) return answered([privately(turn, turn.say('command.forbidden'))]);
  const { appeal, into, person, ...rest } = kept;
  const rows = {
    appeal: appeal && (await turn.tx.get('appeals', appeal)),
    into: into && (await turn.tx.get('appeals', into)),
    person: person && (await turn.tx.get('people', person)),
  };
  const call = { ...rest, ...Object.fromEntries(Object.entries(rows).filter(([, row]) => row)) } as Call;
  return guarded(turn, found, async () => {
    // Deleted since, at somebody's own wish.
    if ([appeal && !rows.appeal, into && !rows.into, person && !rows.person].some(Boolean)) throw new UserError(turn.say('command.gone'));
    if (found.move && call.appeal && after(call.appeal.state, found.move) === undefined)
      throw new UserError(illegalMove(actingIn(turn), call.appeal));
    return carryOut(turn, found, call, act);
  });
}

function answered(replies: readonly Reply[]): Outcome {
  return { decision: 'action', topic: null, replies };
}

/** In a group the answer is told privately and the group sees "✓", unless anybody may read it. */
function discreet(turn: Turn, found: Command, replies: readonly Reply[]): Reply[] {
  if (!turn.room || found.open || !turn.person.reachable) return [...replies];
  const told = replies.map((reply) =>
    'room' in reply.to && reply.to.room === turn.room?.id ? privately(turn, reply.text, reply.file) : reply,
  );
  return [here(turn, turn.say('command.tick')), ...told];
}

/** No such command: the nearest one, or those that begin with the word that was typed. */
function unknown(turn: Turn, line: string): Outcome {
  const words = turn.content.commands;
  const under = commandsUnder(line, words).flatMap((id) => words.get(id) ?? []);
  if (under.length > 0) {
    const lines = under.map((each) => turn.say('help.line', { call: callOf(each), summary: each.summary }));
    return answered([here(turn, turn.say('command.which', { lines: lines.join('\n') }))]);
  }
  const nearest = nearestVerb(line.slice(0, quotedAtMost), words);
  const text = nearest === undefined ? turn.say('command.unknown') : turn.say('command.nearest', { nearest });
  return answered([here(turn, text)]);
}

/** Commands are refused in residents' groups, and not echoed there. */
function outOfPlace(turn: Turn): Outcome {
  return answered([privately(turn, turn.say('command.notHere'))]);
}

async function refused(turn: Turn, found: Command): Promise<Outcome> {
  await noteAct(turn, found.id, false);
  return answered([privately(turn, turn.say('command.forbidden'))]);
}
