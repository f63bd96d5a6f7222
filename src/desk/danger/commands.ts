import { onStates } from '../../domain/danger/alarm.ts';
import { courseOf } from '../../domain/danger/course.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { type Call, type Command, maskedToOne } from '../kernel/command.ts';
import type { Recipient, Reply } from '../kernel/message.ts';
import { howTold, may } from '../kernel/staff.ts';
import { here, privately, type Turn, UserError } from '../kernel/turn.ts';
import { type Acting, alarmsOn, isRestricted, keepAlarm, kindOf, matterOf, moved, spokenMoment } from './alarms.ts';
import { mayRead, toCalled } from './calling.ts';
import { variantFor } from './cards.ts';
import { actingIn } from './raising.ts';
import type { Alarm } from './rows.ts';

/** 收到: somebody goes, so that calling stops. Without a number it means every alarm that nobody has heard. What is written with it goes to who told of it. */
export const acknowledge: Command = {
  id: 'acknowledge',
  role: 'worker',
  needs: [],
  accepts: ['alarm', 'text'],
  masks: maskedToOne,
  open: true,
  bare: true,
  async run(turn, { alarm: named, text }) {
    const waiting = named ? [named] : (await alarmsOn(turn.tx)).filter(({ state }) => state === 'called');
    if (waiting.length === 0) throw new UserError(turn.say('alarm.nothingToAcknowledge'));
    const told: Reply[] = [];
    for (const alarm of waiting) told.push(...(await take(turn, alarm, text)));
    const numbers = waiting.map(({ id }) => id).join(turn.say('list.separator'));
    return [here(turn, turn.say('alarm.acknowledged', { name: oneLine(turn.person.name), numbers })), ...told];
  },
};

/** Whoever takes it hears the words privately, where they have not stood in the group; who told of it hears who comes. */
async function take(turn: Turn, alarm: Alarm, text: string): Promise<Reply[]> {
  const heard = move(turn, alarm, 'hear');
  const again = alarm.takers.includes(turn.person.id);
  const taken = {
    ...heard,
    takers: again ? alarm.takers : [...alarm.takers, turn.person.id],
    heardAt: alarm.heardAt ?? turn.now.toISOString(),
  };
  await keepAlarm(actingIn(turn), taken);
  const words = turn.room && isRestricted(turn.content, alarm) ? [privately(turn, await details(turn, taken))] : [];
  const name = oneLine(turn.person.name);
  const gently = tellsOfThemselves(turn, alarm);
  const comes =
    text !== ''
      ? turn.say('emergency.comingWord', { name, text })
      : turn.say(gently ? 'emergency.comingGently' : 'emergency.coming', { name });
  return [...words, ...(await toTellers(turn, alarm, comes))];
}

/** Whether whoever told of it spoke of themselves, and needs a gentle word. */
function tellsOfThemselves({ content }: Turn, alarm: Alarm): boolean {
  const kind = kindOf(content, alarm.kinds[0]);
  return kind?.id === 'suicide' && variantFor(content, kind, alarm.history[0]?.text ?? '') === undefined;
}

/** 到场: somebody is there. */
export const attend: Command = {
  id: 'attend',
  role: 'worker',
  needs: [],
  accepts: ['alarm'],
  open: true,
  bare: true,
  async run(turn, { alarm: named }) {
    const alarm = named ?? (await onlyOne(turn));
    const there = move(turn, alarm, 'attend');
    const at = turn.now.toISOString();
    const takers = alarm.takers.includes(turn.person.id) ? alarm.takers : [...alarm.takers, turn.person.id];
    const kept = { ...there, takers, heardAt: alarm.heardAt ?? at, attendedAt: alarm.attendedAt ?? at };
    await keepAlarm(actingIn(turn), kept);
    const name = oneLine(turn.person.name);
    const notice = turn.say('alarm.attendedNotice', { number: alarm.id, matter: matterOf(turn, alarm), name });
    return [
      here(turn, turn.say('alarm.attended', { number: alarm.id, name })),
      ...toOthers(turn, toCalled(turn, kept, { whole: notice, discreet: notice })),
      // Whoever hurts somebody may read along.
      ...(isPrivate(turn, alarm) ? [] : await toTellers(turn, alarm, turn.say('emergency.attended', { name }))),
    ];
  },
};

/** 平安: it is over, with what happened; by whoever has taken it, or a director. What residents say ends nothing. */
export const close: Command = {
  id: 'close',
  role: 'worker',
  needs: ['text'],
  accepts: ['alarm'],
  masks: maskedToOne,
  open: true,
  runsOn: true,
  async run(turn, { alarm: named, text }) {
    const alarm = named ?? (await onlyOne(turn));
    if (!may(turn.person, 'director') && !alarm.takers.includes(turn.person.id)) throw new UserError(await notYours(turn, alarm));
    const over = { ...move(turn, alarm, 'close', text), overAt: turn.now.toISOString(), result: oneLine(text) };
    await keepAlarm(actingIn(turn), over);
    const name = oneLine(turn.person.name);
    const head = { number: alarm.id, matter: matterOf(turn, alarm), name };
    const restricted = isRestricted(turn.content, alarm);
    const discreet = turn.say('alarm.closedDiscreet', head);
    const said = turn.room && restricted ? discreet : turn.say('alarm.closed', { ...head, text: over.result });
    return [
      here(turn, said),
      ...toOthers(turn, toCalled(turn, over, { whole: turn.say('alarm.closed', { ...head, text: over.result }), discreet })),
      ...(restricted
        ? []
        : await toTellers(turn, alarm, turn.say(isDeath(turn, text) ? 'emergency.overDeath' : 'emergency.over', { name }))),
    ];
  },
};

/** "到医院了，没抢救过来" */
const isDeath = ({ content }: Turn, text: string) => courseOf(content.simplify(text), content.dangerTalk.goesOn) === 'died';

/** The alarm that is meant when none is named: the only one that this member of staff has taken, or the only one that is on. */
async function onlyOne(turn: Turn): Promise<Alarm> {
  const on = await alarmsOn(turn.tx);
  const own = on.filter(({ takers }) => takers.includes(turn.person.id));
  const [only, ...others] = own.length > 0 ? own : on;
  if (!only) throw new UserError(turn.say('alarm.none'));
  if (others.length === 0) return only;
  const lines = await Promise.all([only, ...others].map((each) => alarmLine(turn, each)));
  throw new UserError(turn.say('alarm.which', { lines: lines.join('\n') }));
}

async function notYours(turn: Turn, alarm: Alarm): Promise<string> {
  const [first] = alarm.takers;
  const taker = first === undefined ? undefined : await turn.tx.get('people', first);
  if (taker) return turn.say('alarm.notYours', { number: alarm.id, name: oneLine(taker.name) });
  return turn.say('alarm.takeFirst', { number: alarm.id });
}

/** @throws UserError when it is over */
function move(turn: Turn, alarm: Alarm, step: 'hear' | 'attend' | 'close', text = ''): Alarm {
  const next = moved(actingIn(turn), alarm, step, { text });
  if (!next) throw new UserError(turn.say('alarm.isOver', { number: alarm.id, result: alarm.result ?? '' }));
  return next;
}

/** 警情: what is on and who has it; one as a whole, with the words for whoever may read them. */
export const alarmList: Command = {
  id: 'alarms',
  role: 'worker',
  needs: [],
  accepts: ['alarm'],
  bare: true,
  async run(turn, { alarm }) {
    if (alarm) return [here(turn, await details(turn, alarm))];
    const on = await alarmsOn(turn.tx);
    turn.conversation.listed = { of: 'alarms', rows: on.map(({ id }) => [id]), at: turn.now.toISOString() };
    if (on.length === 0) return [here(turn, turn.say('alarm.none'))];
    const lines = await Promise.all(on.map(async (each, index) => `${index + 1}. ${await alarmLine(turn, each)}`));
    return [here(turn, turn.say('alarm.list', { count: on.length, lines: lines.join('\n') }))];
  },
};

/** "JQ261126-003 燃气泄漏 3栋2单元 · 22:00 · 小周 22:07 接的": nothing of it is anybody's words. */
export async function alarmLine(means: Pick<Acting, 'tx' | 'say' | 'content' | 'now'>, alarm: Alarm): Promise<string> {
  const { say, now } = means;
  return say('alarm.line', {
    number: alarm.id,
    matter: matterOf(means, alarm),
    time: spokenMoment(alarm.createdAt, now),
    state: await stateOf(means, alarm),
  });
}

/** Who has it, and since when. */
export async function stateOf({ tx, say, now }: Pick<Acting, 'tx' | 'say' | 'now'>, alarm: Alarm): Promise<string> {
  const names = await Promise.all(alarm.takers.map(async (id) => oneLine((await tx.get('people', id))?.name ?? '')));
  const name = names.join(say('list.separator'));
  switch (alarm.state) {
    case 'called':
      return say('alarm.stateCalled', { time: spokenMoment(alarm.pagedAt, now) });
    case 'heard':
      return say('alarm.stateHeard', { name, time: spokenMoment(alarm.heardAt ?? alarm.createdAt, now) });
    case 'attended':
      return say('alarm.stateAttended', { name, time: spokenMoment(alarm.attendedAt ?? alarm.createdAt, now) });
    case 'over':
      return say('alarm.stateOver', { name, time: spokenMoment(alarm.overAt ?? alarm.createdAt, now) });
  }
}

/** An alarm as a whole. Whoever may not read the words sees kind, place, since when, and who has it. */
export async function details(turn: Turn, alarm: Alarm): Promise<string> {
  const { tx, say, content, person, now } = turn;
  const line = await alarmLine(turn, alarm);
  if (!mayRead(content, person, alarm)) return say('alarm.detailsDiscreet', { line, number: alarm.id });
  const teller = await tx.get('people', alarm.person);
  const room = alarm.room === undefined ? undefined : await tx.get('rooms', alarm.room);
  const steps = await Promise.all(
    alarm.history
      .filter(({ move: each }) => each !== 'page')
      .map(async ({ at, actor, move: each, text = '', course, file }) =>
        say('alarm.step', {
          time: spokenMoment(at, now),
          name: oneLine((await tx.get('people', actor))?.name ?? ''),
          move: each === 'tell' && course !== undefined ? say(`alarmCourse.${course}`) : say(`alarmMove.${each}`),
          text: [text, file === undefined ? '' : say('takeOver.picture')].filter(Boolean).join(' '),
        }),
      ),
  );
  return say('alarm.details', {
    line,
    name: oneLine(teller?.name ?? ''),
    room: oneLine(room?.name ?? ''),
    steps: steps.join('\n'),
    result: alarm.result ?? '',
    number: onStates.includes(alarm.state) ? alarm.id : '',
  });
}

/** What those hear who told of it: in private; in the group it was told in, where somebody cannot be written to and all may know. */
export async function toTellers({ tx, content }: Turn, alarm: Alarm, text: string): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const id of [alarm.person, ...alarm.voices]) {
    const reachable = (await tx.get('people', id))?.reachable === true;
    const inRoom = !reachable && alarm.room !== undefined && !isRestricted(content, alarm);
    const to: Recipient = inRoom ? { room: alarm.room ?? '', person: id } : { person: id };
    replies.push({ to, text, kind: 'notice', urgent: true });
  }
  return replies;
}

/** Not to who says it, and not where it is said. */
function toOthers(turn: Turn, replies: readonly Reply[]): Reply[] {
  return replies.filter(({ to }) => ('room' in to ? to.room !== turn.room?.id : to.person !== turn.person.id));
}

function isPrivate({ content }: Turn, { kinds }: Alarm): boolean {
  return kinds.some((id) => kindOf(content, id)?.privateOnly);
}

/** A human word to who told of it: 回复 and 补充 on an alarm. */
export async function sayTo(turn: Turn, alarm: Alarm, { text }: Pick<Call, 'text'>): Promise<Reply[]> {
  if (!mayRead(turn.content, turn.person, alarm)) throw new UserError(turn.say('alarm.takeFirst', { number: alarm.id }));
  if (text === '') throw new UserError(turn.say('alarm.whatToSay', { number: alarm.id }));
  const acting = actingIn(turn);
  await keepAlarm(acting, moved(acting, alarm, 'answer', { text }) ?? alarm);
  const teller = await turn.tx.get('people', alarm.person);
  const told = await toTellers(turn, { ...alarm, voices: [] }, turn.say('emergency.word', { name: oneLine(turn.person.name), text }));
  return [here(turn, turn.say(howTold(teller), { appeal: `${alarm.id} ` })), ...told];
}
