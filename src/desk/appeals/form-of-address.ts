import { z } from 'zod';
import { formOfAddress, isSurname } from '../../domain/people/form-of-address.ts';
import { mask } from '../../domain/words/masking.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import type { Reply } from '../kernel/message.ts';
import { ask, question, settle } from '../kernel/question.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** What to call somebody whose account tells no names. */
    address: Record<never, never>;
  }
}

export const address = question<'address', { readonly name: string } | 'none'>({
  remembers: z.object({}),
  minutes: 30,
  owed: false,
  reads(turn) {
    const name = formOfAddress(turn.text, turn.understood.questions[0].decision === 'decline');
    if (name !== undefined) return { answer: { name } };
    return saysOne(turn.text, [...turn.content.shortAnswers.no, ...turn.content.shortAnswers.cancel]) ? { answer: 'none' } : 'other';
  },
  async answers(turn, _, answer) {
    await settle(turn);
    if (answer === 'none') return { decision: 'action', replies: [here(turn, turn.say('address.none'))] };
    return named(turn, answer.name);
  },
});

/** "我姓王", said unasked by whoever is nameless. */
export const introduced: Handler = async (turn) => {
  if (!turn.person.nameless || turn.room || turn.understood.questions[0].decision !== 'decline') return undefined;
  const name = formOfAddress(turn.text);
  return name === undefined ? undefined : named(turn, name);
};

async function named(turn: Turn, name: string): Promise<Outcome> {
  const person = await turn.tx.get('people', turn.person.id);
  if (person) {
    const { nameless: _, ...rest } = person;
    await turn.tx.put('people', { ...rest, name: mask(name).text });
  }
  const thanks = isSurname(name) ? turn.say('address.surname') : turn.say('address.thanks', { name });
  return { decision: 'action', replies: [here(turn, thanks)] };
}

/** Asks whoever has filed something and is nameless what to call them; it may be left out. */
export async function askAddress(turn: Turn): Promise<Reply[]> {
  if (!turn.person.nameless || turn.room || turn.message.page) return [];
  await ask(turn, { kind: 'address' });
  return [here(turn, turn.say('address.ask'))];
}
