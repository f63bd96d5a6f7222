import { z } from 'zod';
import { bareWords, chosenOf, hasShape, saysOne } from '../../domain/words/short-answer.ts';
import { question, settle, topOf } from '../kernel/question.ts';
import { here, type Outcome, type Turn } from '../kernel/turn.ts';
import { askDay, keepReminder } from './keep.ts';
import { takeBack } from './list.ts';
import { questionFor } from './remind.ts';
import { detailsOf, type Opened, type Subject, subject } from './rows.ts';
import { kindOf, lineOf, reminderTopic, titleOf, withSealed } from './telling.ts';
import { dayFor, digitsIn, type ForDay, subjectOf, thingIn, wishOf } from './wish.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** The day of a reminder. */
    reminderDay: z.infer<typeof ofReminder>;
    /** Which reminder is to be taken back. */
    whichReminder: z.infer<typeof ofRows>;
  }
}

const ofReminder = z.object({ about: subject });
const ofRows = z.object({ ids: z.array(z.string()) });

/** What is longer may be about something else; an answer that is not made out is short. */
const longestAnswer = 25;
const longestUnclear = 15;

type DayAnswer = { readonly day: ForDay; readonly about: Subject } | { readonly about: Subject } | 'drop' | 'unsure' | 'never' | 'daily';

export const reminderDay = question<'reminderDay', DayAnswer>({
  remembers: ofReminder,
  minutes: 60,
  owed: false,
  reads(turn, { about }) {
    const { cancel, no } = turn.content.shortAnswers;
    if (saysOne(turn.text, [...cancel, ...no])) return { answer: 'drop' };
    // "3月5号提醒我交材料" is a wish of its own.
    if (turn.message.kind !== 'text' || wishOf(turn, turn.text) !== undefined) return 'other';
    const kind = kindOf(turn, about);
    const length = bareWords(turn.text).length;
    const [{ decision, topic }] = turn.understood.questions;
    const clear = decision === 'answer' && topic !== null && topic !== reminderTopic;
    if (clear && length > longestAnswer) return 'other';
    if (kind?.never?.words.test(digitsIn(turn, turn.text))) return { answer: 'never' };
    if (hasShape(turn.text, turn.content.remindMe.words.daily) && length <= longestAnswer) return { answer: 'daily' };
    const completed = isNothing(about) ? subjectOf(turn, turn.text) : about;
    const day = dayFor(turn, kind, turn.text, true);
    if (day) return { answer: { day, about: completed } };
    if (length <= longestAnswer && hasShape(turn.text, turn.content.remindMe.words.unsure)) return { answer: 'unsure' };
    if (clear) return 'other';
    if (isNothing(about) && thingIn(turn, turn.text) !== undefined && length <= longestAnswer) return { answer: { about: completed } };
    return length <= longestUnclear ? 'unclear' : 'other';
  },
  again: (turn, { about }) => turn.say('reminder.askAgain', { ask: kindOf(turn, about)?.ask ?? turn.say('reminder.unclear') }),
  async answers(turn, { about }, answer) {
    await settle(turn);
    const outcome = await followed(turn, about, answer);
    const stillAsked = (await topOf(turn))?.question.kind === 'reminderDay';
    return stillAsked ? { ...outcome, decision: 'clarify' } : outcome;
  },
});

async function followed(turn: Turn, about: Subject, answer: DayAnswer): Promise<Outcome> {
  const kind = kindOf(turn, about);
  if (answer === 'drop') return said(turn, turn.say('reminder.dropped'));
  if (answer === 'daily') return said(turn, turn.say('reminder.daily'));
  if (answer === 'never') return said(turn, kind?.never?.says ?? turn.say('reminder.dropped'));
  // Whoever looks it up comes back with it.
  if (answer === 'unsure') return askDay(turn, about, turn.say('reminder.unsure', { where: kind?.where ?? '' }));
  if ('day' in answer) return withSealed(turn, await keepReminder(turn, answer.about, answer.day));
  return askDay(turn, answer.about, questionFor(turn, answer.about));
}

export const whichReminder = question<'whichReminder', { readonly chosen: Opened | 'none' }>({
  remembers: ofRows,
  minutes: 30,
  owed: false,
  async reads(turn, { ids }) {
    const shown = await rowsOf(turn, ids);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: { chosen: 'none' } };
    const titles = shown.map(({ details }) => (details ? titleOf(turn, details) : ''));
    const chosen = chosenOf(turn.text, titles, turn.content.shortAnswers);
    const row = typeof chosen === 'number' ? shown[chosen] : chosen;
    if (row !== undefined) return { answer: { chosen: row } };
    const [{ decision }] = turn.understood.questions;
    return decision === 'answer' || bareWords(turn.text).length > longestUnclear ? 'other' : 'unclear';
  },
  async answers(turn, _, { chosen }) {
    await settle(turn);
    return chosen === 'none' ? said(turn, turn.say('reminder.stay')) : withSealed(turn, await takeBack(turn, [chosen]));
  },
  again: async (turn, { ids }) => {
    const lines = (await rowsOf(turn, ids)).map((each, index) => lineOf(turn, each, index + 1));
    return turn.say('reminder.which', { lines: lines.join('\n') });
  },
});

/** Those of the reminders that were shown which are still to come, in the order in which they were shown. */
async function rowsOf({ tx, vault }: Turn, ids: readonly string[]): Promise<Opened[]> {
  const rows = await Promise.all(ids.map((id) => tx.get('reminders', id)));
  return rows.flatMap((row) => (row ? [{ row, details: detailsOf(vault, row) }] : []));
}

const isNothing = ({ kind, topic, what }: Subject) => kind === undefined && topic === undefined && what === undefined;

function said(turn: Turn, text: string): Outcome {
  return { decision: 'action', topic: reminderTopic, replies: [here(turn, text)] };
}
