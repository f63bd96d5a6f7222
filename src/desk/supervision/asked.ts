import { endingIn, readAppealNumber } from '../../domain/appeals/appeal-number.ts';
import { namedCounts } from '../../domain/supervision/counts.ts';
import { type Proof, shownSeal } from '../../domain/supervision/day.ts';
import { spokenDayOf, spokenTime } from '../../domain/time/clock-time.ts';
import { corrected } from '../appeals/form.ts';
import { ownAppeals } from '../appeals/own-appeals.ts';
import type { Appeal } from '../appeals/rows.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import type { Statement } from './cases.ts';
import { lastSealedDay, proofOf } from './proof.ts';

/** "核对 0174": how one's own case was sealed last night, with what proves it. Told to whoever told of it or joined it, in private. */
export const proofAsked: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const typed = corrected(turn.text, turn.content.shortAnswers.verify);
  if (typed === undefined) return undefined;
  const own = await meant(turn, typed);
  const proof = own && (await proofOf(turn.tx, turn.vault, own.id));
  if (!own) return told(turn, turn.say('seal.notYours'));
  if (!proof) return told(turn, turn.say('seal.notYet', { number: own.id }));
  return told(turn, proofText(turn, own, proof), await paper(turn, own, proof));
};

async function meant(turn: Turn, typed: string): Promise<Appeal | undefined> {
  const own = await ownAppeals(turn);
  if (typed === '') return own[0];
  const reading = readAppealNumber(typed, turn.content.community.prefix);
  if (reading?.form === 'full') return own.find(({ id }) => id === reading.number);
  return reading?.form === 'short' ? endingIn(own, reading.ending)[0] : undefined;
}

function proofText({ say }: Turn, { id }: Appeal, { text, day, tree }: Proof): string {
  const { state, steps } = JSON.parse(text) as Statement;
  return say('seal.proof', {
    number: id,
    at: spokenTime(new Date(day.at)),
    state: say(`state.${state as Appeal['state']}`),
    steps,
    count: namedCounts(day[tree].counts).cases,
    seal: shownSeal(day.seal),
  });
}

/** The whole proof as a page to keep: with it anybody can reckon the seal anew. It holds no words of the case. */
async function paper(turn: Turn, { id }: Appeal, proof: Proof): Promise<string | undefined> {
  const { say, papers, content } = turn;
  const title = say('seal.paperTitle', { number: id });
  // What cannot be written is in the log of whoever writes.
  return papers
    ?.page(title, {
      title,
      blocks: [
        { paragraph: say('seal.paperHow', { seal: shownSeal(proof.day.seal) }) },
        { heading: say('seal.paperProof') },
        { paragraph: JSON.stringify(proof) },
      ],
      signature: [content.community.name, proof.day.id],
    })
    .catch(() => undefined);
}

function told(turn: Turn, text: string, file?: string): Outcome {
  const replies = !turn.room
    ? [here(turn, text, file)]
    : turn.person.reachable
      ? [here(turn, turn.say('group.seePrivate')), privately(turn, text, file)]
      : [here(turn, turn.say('group.addMe', { bot: turn.content.community.botName }))];
  return { decision: 'action', topic: null, replies };
}

/** "核对码（11月26日）：e3b0 c442 …": the last seal in one line; empty before the first one. */
export async function sealLine({ tx, now, say }: { tx: Transaction; now: Date; say: Say }): Promise<string> {
  const day = await lastSealedDay(tx);
  if (!day) return '';
  return say('seal.line', { date: spokenDayOf(day.id, now.toISOString().slice(0, 10)), seal: shownSeal(day.seal) });
}
