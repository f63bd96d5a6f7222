import { z } from 'zod';
import { chosenNumber, saysOne } from '../../domain/words/short-answer.ts';
import { afterSlash, commandIn, firstWord } from '../commands/parse.ts';
import { longestName } from '../commands/person-meant.ts';
import { anything, personId } from '../kernel/fields.ts';
import { question, settle } from '../kernel/question.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { confirmed, keptCall, runLine } from './run-command.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** What a command needs besides what was typed. */
    argument: z.infer<typeof ofArgument>;
    /** Whether a command shall really be carried out: exactly what was shown, by its ids and moments. */
    confirmation: z.infer<typeof ofConfirmation>;
    /** Whether something in which something seems lacking shall be done all the same. */
    lastLook: z.infer<typeof ofLook>;
    /** Which of several people of a name a command means, by row. */
    whichPerson: z.infer<typeof ofPerson>;
  }
}

const ofArgument = z.object({ missing: z.string(), line: z.string() });
const ofConfirmation = z.object({ command: z.string(), call: keptCall, act: anything.exactOptional(), code: z.string() });

const ofLook = z.object({ command: z.string(), call: keptCall });
const ofPerson = z.object({ line: z.string(), people: z.array(personId) });

/** How long a missing argument, or a confirmation, is waited for. */
const patienceMinutes = 3;

export const argument = question<'argument', 'cancel' | 'given' | 'command'>({
  remembers: ofArgument,
  minutes: patienceMinutes,
  owed: true,
  ofStaff: true,
  anyWords: true,
  reads(turn) {
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: 'cancel' };
    return { answer: afterSlash(turn.text) === undefined ? 'given' : 'command' };
  },
  async answers(turn, { line, missing }, answer) {
    await settle(turn);
    if (answer === 'cancel') return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
    const called = commandIn(afterSlash(line) ?? '', turn.content.commands);
    const verb = turn.content.commands.get(called?.id ?? '')?.verb;
    if (answer === 'command' || !called || verb === undefined) return undefined;
    const [due = ''] = turn.content.staffWords.due;
    if (missing === 'text' || missing === 'into') return runLine(turn, `/${verb} ${called.rest} ${turn.raw}`);
    // What is looked up comes first; whatever else was said with it comes last.
    const { word, after } = missing === 'person' ? await nameGiven(turn) : firstWord(turn.raw.trim());
    const given = { person: `@${word}`, due: `${due}:${word}` }[missing] ?? word;
    return runLine(turn, `/${verb} ${given} ${called.rest} ${after}`.trimEnd());
  },
});

export const confirmation = question<'confirmation', 'cancel' | 'word' | 'code'>({
  remembers: ofConfirmation,
  minutes: patienceMinutes,
  owed: true,
  ofStaff: true,
  reads(turn, { code }) {
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: 'cancel' };
    // The code is what keeps a "确认" that was meant for somebody else from doing it. The word with its code is heard before questions are.
    if (saysOne(turn.text, [turn.say('command.confirmWord')])) return { answer: 'word' };
    return saysOne(turn.text, [code]) ? { answer: 'code' } : 'other';
  },
  async answers(turn, asked, answer) {
    if (answer === 'word')
      return { decision: 'action', replies: [here(turn, turn.say('command.confirm', { warning: '', code: asked.code }))] };
    await settle(turn);
    if (answer === 'code') return confirmed(turn, asked);
    return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
  },
});

export const lastLook = question<'lastLook', 'cancel' | 'send' | 'better'>({
  remembers: ofLook,
  minutes: patienceMinutes,
  // Over with the next command: a later "1" must not send it.
  owed: false,
  ofStaff: true,
  reads(turn) {
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: 'cancel' };
    if (saysOne(turn.text, [turn.say('lastLook.sendWord')]) || chosenNumber(turn.text) === '1') return { answer: 'send' };
    // In a group colleagues talk to each other: better words are typed as a command there.
    return afterSlash(turn.text) !== undefined || turn.room || turn.text.trim() === '' ? 'other' : { answer: 'better' };
  },
  async answers(turn, asked, answer) {
    await settle(turn);
    if (answer === 'cancel') return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
    if (answer === 'send') return confirmed(turn, asked);
    const verb = turn.content.commands.get(asked.command)?.verb ?? '';
    return runLine(turn, `/${verb} ${asked.call.appeal ?? ''} ${turn.raw}`);
  },
});

/** A name said without "@", with all its words, and what was said after it. */
async function nameGiven({ raw, tx }: Turn): Promise<{ word: string; after: string }> {
  const said = raw.trim().replace(/^[@＠]\s*/u, '');
  const found = longestName(said, await tx.find('people'));
  return found ? { word: found.name, after: found.after } : firstWord(said);
}

export const whichPerson = question<'whichPerson', 'cancel' | { readonly person: string }>({
  remembers: ofPerson,
  minutes: patienceMinutes,
  // Over with the next command: a later "1" must not mean somebody.
  owed: false,
  ofStaff: true,
  reads(turn, { people }) {
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: 'cancel' };
    const person = people[Number(chosenNumber(turn.text)) - 1];
    return person === undefined ? 'other' : { answer: { person } };
  },
  async answers(turn, { line }, answer) {
    await settle(turn);
    if (answer === 'cancel') return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
    return runLine(turn, line, answer.person);
  },
});
