import { lookAt } from '../../domain/appeals/last-look.ts';
import type { Call, Doubt } from '../kernel/command.ts';
import { placesOf } from '../kernel/places.ts';
import type { Turn } from '../kernel/turn.ts';
import { reporterName } from './moves.ts';
import type { Appeal } from './rows.ts';

/** Words of the staff that come back in a sentence of ours are cut to this. */
const quotedAtMost = 20;

/** What a word to a resident, or a result, lacks beside its case: told once, counted when it is sent all the same, never a refusal. */
export function doubtsOf(as: 'answer' | 'result'): (turn: Turn, call: Call) => Promise<readonly Doubt[]> {
  return async (turn, { appeal, text }) => {
    if (!appeal) return [];
    const { content, say } = turn;
    const name = await reporterName({ ...appeal, anonymous: false }, turn);
    const { lacks, other = '' } = lookAt(text, { ...appeal, name }, as, content.lastLook, placesOf(content));
    const quoted = text.length > quotedAtMost ? `${text.slice(0, quotedAtMost)}…` : text;
    return lacks.map((id) => ({ id, text: doubtText({ content, say }, appeal, `${as}.${id}`, quoted, other) }));
  };
}

function doubtText({ content, say }: Pick<Turn, 'content' | 'say'>, appeal: Appeal, lack: string, text: string, other: string): string {
  switch (lack) {
    case 'answer.said':
      return say('lastLook.answerSaid', { text });
    case 'result.said':
      return say('lastLook.resultSaid', { text });
    case 'answer.when':
      return say('lastLook.answerWhen', { text });
    case 'result.done':
      return say('lastLook.resultDone', { text });
    case 'answer.place':
    case 'result.place':
      return say('lastLook.place', { other, place: appeal.place ?? '' });
    default:
      return say('lastLook.matter', {
        other: content.titles.get(other) ?? other,
        category: content.titles.get(appeal.category) ?? '',
      });
  }
}
