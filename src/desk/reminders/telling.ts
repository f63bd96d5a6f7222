import type { ReminderKind } from '../../domain/reminders/reminder.ts';
import { inShanghai, spokenDayOf, spokenHour } from '../../domain/time/clock-time.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Say } from '../kernel/say.ts';
import type { Outcome, Turn } from '../kernel/turn.ts';
import { plainSide } from '../knowledge/answer-text.ts';
import type { Details, Opened, Reminder, Subject } from './rows.ts';

export const reminderTopic = 'action.reminder';

/** What it takes to put a reminder in words. */
export interface Means {
  readonly content: Snapshot;
  readonly say: Say;
  readonly now: Date;
}

/** The kind of a reminder; undefined for one of somebody's own, or of a kind that is gone. */
export function kindOf({ content }: Pick<Means, 'content'>, { kind }: Subject): ReminderKind | undefined {
  return kind === undefined ? undefined : content.remindMe.kinds.find(({ id }) => id === kind);
}

/** What it is: in their own words, else as the kind or the topic is called. */
export function titleOf(means: Pick<Means, 'content' | 'say'>, about: Subject): string {
  const { what, topic = '' } = about;
  return what ?? kindOf(means, about)?.title ?? means.content.titles.get(topic) ?? means.say('reminder.unnamed');
}

/** A day (yyyy-MM-dd) as it is said today. */
export function daySaid(day: string, now: Date): string {
  return spokenDayOf(day, inShanghai(now).date);
}

/** "2027年2月5日 9:00" */
export function whenSaid({ say, now }: Means, at: Date): string {
  return say('reminder.when', { day: daySaid(inShanghai(at).date, now), hour: spokenHour(at) });
}

/** A reminder on a line, by its number in the list. */
export function lineOf(means: Means, { row, details }: Opened, number: number | ''): string {
  const when = whenSaid(means, new Date(row.at));
  if (!details) return means.say('reminder.lostLine', { number, when });
  return means.say('reminder.line', { number, when, what: namedOf(means, row, details) }).trim();
}

/** What it is with the day that it is about, where that is another than that on which it is said. */
export function namedOf(means: Means, { at }: Pick<Reminder, 'at'>, details: Details): string {
  const title = titleOf(means, details);
  const kind = kindOf(means, details);
  const known = kind && details.own === undefined ? kind.rule.of !== 'period' : details.from === details.to;
  if (!known || details.day === inShanghai(new Date(at)).date) return title;
  return means.say('reminder.named', { title, day: daySaid(details.day, means.now) });
}

/** What a kind says on its day; of a day of somebody's own, which day that is where it is said before. */
export function saysOf(means: Means, details: Details): string {
  const kind = kindOf(means, details);
  const day = daySaid(details.day, means.now);
  if (kind && details.own === undefined) return kind.says.replaceAll('{day}', day);
  return details.from === details.to && details.day !== inShanghai(means.now).date ? means.say('reminder.about', { day }) : '';
}

/** What to bring, and whatever else is to be said with it, from the answer to its topic. */
export function tellsOf(means: Means, about: Subject): string {
  const kind = kindOf(means, about) ?? means.content.remindMe.kinds.find(({ topic }) => topic === about.topic);
  const answer = means.content.answers.get(kind?.topic ?? about.topic ?? '');
  if (!answer) return '';
  const lines = (kind?.tells ?? ['materials']).map((side) => {
    const text = plainSide(answer, side, means);
    const title = side === 'lead' ? undefined : means.content.facetTitles.get(side);
    return title === undefined || text === '' ? text : means.say('reminder.side', { title, text });
  });
  return lines.filter((line) => line !== '').join('\n');
}

/** The same outcome, with what is said privately sealed until it is sent, and forgotten then. */
export function withSealed({ vault }: Pick<Turn, 'vault'>, outcome: Outcome): Outcome {
  const replies = outcome.replies.map((reply) =>
    'room' in reply.to || reply.sealed ? reply : { ...reply, text: vault.seal(reply.text), sealed: true as const },
  );
  return { ...outcome, replies };
}
