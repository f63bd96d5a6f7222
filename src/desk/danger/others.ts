import type { Course } from '../../domain/danger/course.ts';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import { mayAsk } from '../../domain/understanding/acts.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { samePlace } from '../../domain/words/place.ts';
import type { Reply } from '../kernel/message.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { here, type Outcome, type Turn } from '../kernel/turn.ts';
import { briefly } from '../kernel/whole.ts';
import { type Acting, alarmsOn, holdersOf, isRestricted, keepAlarm, matterOf, moved, says } from './alarms.ts';
import { callNow, type Notice, toCalled, toTakers } from './calling.ts';
import { actingIn, emergency, pass } from './raising.ts';
import type { Alarm, AlarmStep } from './rows.ts';

/** What others say is taken for an alarm of so long ago. */
const othersMinutes = 120;
/** Of one person who did not tell of it so many words in so many minutes ring at once: a prankster is not to wake the staff with every word … */
const atOnce = 2;
const atOnceMinutes = 10;
/** … and the rest is told together, so long after the first of it: it may be true. */
const togetherMinutes = 5;
/** So many of them are read out, the last ones; the others stand in the alarm. */
const readOut = 8;

/**
 * "我是他儿子，已经送医院了": what others say of an alarm informs whoever was called, and ends nothing: whoever hurts somebody may be the
 * one who answers. They are told nothing of it.
 */
export async function ofOthers(turn: Turn, course: Course | undefined): Promise<Outcome | undefined> {
  if (course !== 'over' && course !== 'worse') return undefined;
  const alarm = await meantByOthers(turn);
  if (!alarm) return undefined;
  const silently = turn.room !== undefined && !turn.message.addressed;
  if (ringsLately(turn, alarm) >= atOnce) {
    await keepForLater(turn, alarm, course);
    return emergency(silently ? [] : [here(turn, turn.say('emergency.passedTogether'))]);
  }
  const acting = actingIn(turn);
  const told = moved(acting, alarm, 'tell', { text: turn.text, file: turn.message.file, course }) ?? alarm;
  const { alarm: kept, replies } = await pass(turn, told, course);
  await keepAlarm(acting, kept);
  return emergency([...(silently ? [] : [here(turn, turn.say('emergency.passedOnForOthers'))]), ...replies]);
}

/** How often staff were rung for what this person said of it. */
function ringsLately({ person, now }: Turn, { history }: Alarm): number {
  const since = plusMinutes(now, -atOnceMinutes).toISOString();
  return history.filter(({ actor, move, at, later }) => actor === person.id && move === 'tell' && at > since && !later).length;
}

/** Notes it on the alarm, where whoever looks reads it at once; the same words once. It makes nothing go on for longer. */
async function keepForLater(turn: Turn, alarm: Alarm, course: Course): Promise<void> {
  turn.alarms.add(alarm.id);
  const { person, now, text, message } = turn;
  const isSaid = ({ actor, text: before }: AlarmStep) => actor === person.id && before === oneLine(text);
  if (message.file === undefined && alarm.history.some(isSaid)) return;
  const acting = actingIn(turn);
  const told = moved(acting, alarm, 'tell', { text, file: message.file, course, later: true }) ?? alarm;
  const waiting = { since: now.toISOString(), tellAt: plusMinutes(now, togetherMinutes).toISOString() };
  await keepAlarm(acting, {
    ...told,
    lastAt: alarm.lastAt,
    waitingSince: alarm.waitingSince ?? waiting.since,
    tellAt: alarm.tellAt ?? waiting.tellAt,
  });
}

/** What of others' words was only noted is told, in one word. @returns the alarm without it, and what is said */
export async function tellTogether(
  acting: Acting,
  { waitingSince = '', tellAt: _, ...alarm }: Alarm,
): Promise<{ alarm: Alarm; replies: Reply[] }> {
  // Whose data was deleted meanwhile has said nothing.
  const steps = alarm.history.filter(({ later, at, text, file }) => later && at >= waitingSince && (text ?? file) !== undefined);
  if (alarm.erased || steps.length === 0) return { alarm, replies: [] };
  const notice = await noticeOf(acting, alarm, steps);
  if (alarm.state === 'called') return callNow(acting, alarm, notice);
  const everybody = holdersOf(alarm).length === 0 || (alarm.state !== 'over' && steps.some(({ course }) => course === 'worse'));
  return { alarm, replies: everybody ? toCalled(acting, alarm, notice) : toTakers(alarm, notice) };
}

async function noticeOf({ tx, say, content }: Acting, alarm: Alarm, steps: readonly AlarmStep[]): Promise<Notice> {
  const last = steps.slice(-readOut);
  const lines = await Promise.all(
    last.map(async ({ actor, text = '', file }) =>
      say('alarm.togetherLine', {
        name: oneLine((await tx.get('people', actor))?.name ?? ''),
        text: [briefly(say, text, alarm.id), file === undefined ? '' : say('takeOver.picture')].filter(Boolean).join(' '),
      }),
    ),
  );
  const head = { number: alarm.id, matter: matterOf({ say, content }, alarm), count: steps.length };
  const more = steps.length > last.length ? say('alarm.togetherMore', head) : '';
  return {
    whole: say('alarm.together', { ...head, lines: lines.join('\n'), more }),
    discreet: say('alarm.moreDiscreet', head),
    file: last.findLast(({ file }) => file !== undefined)?.file,
  };
}

/** Which alarm somebody means who did not tell of it: that of their group; in private the one whose place or teller they name, or the only one. */
export async function meantByOthers(turn: Turn): Promise<Alarm | undefined> {
  const { tx, now, room, content, text, message } = turn;
  const since = plusMinutes(now, -othersMinutes).toISOString();
  const lately = (await alarmsOn(tx)).filter(({ lastAt }) => lastAt >= since);
  if (room) {
    const there = lately.filter((alarm) => alarm.room === room.id && !isRestricted(content, alarm));
    if (there.length > 0) return there.at(-1);
    if (!message.addressed) return undefined;
  }
  const place = placeIn(content, oneLine(text));
  const placed = lately.findLast(
    (alarm) => place !== undefined && alarm.place !== undefined && samePlace(place, alarm.place, placesOf(content)),
  );
  if (placed) return placed;
  const names = await Promise.all(lately.map(async ({ person }) => (await tx.get('people', person))?.name ?? ''));
  const named = lately.find((_, index) => (names[index]?.length ?? 0) >= 2 && text.includes(names[index] ?? ''));
  if (named) return named;
  const [only, ...others] = lately;
  if (!only || others.length > 0) return undefined;
  const { relatives } = content.dangerTalk.goesOn;
  const relative = says(content, text, relatives);
  // "好了" answers what was asked.
  if (turn.asked?.owed && !relative) return undefined;
  return relative || (isAboutDanger(turn) && !isRestricted(content, only) && !asksSomething(turn)) ? only : undefined;
}

/** Who asks how to go about something ("住院花了六万，有没得补助") tells of nobody else's danger. */
function asksSomething({ understood }: Turn): boolean {
  const [{ decision, topic }] = understood.questions;
  return mayAsk(understood) || (decision === 'answer' && topic !== null && !topic.startsWith('action.'));
}

/** Whether the words themselves are those of danger: "送医院了", not "修好了". */
export function isAboutDanger({ content, text }: Turn): boolean {
  return says(content, text, content.dangerTalk.goesOn.about);
}
