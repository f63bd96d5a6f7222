import type { Facet } from '../../domain/understanding/result.ts';
import { isBereaved } from '../../domain/words/talk.ts';
import { ask } from '../kernel/question.ts';
import { here, type Outcome, type Turn } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';

/** Nobody chooses these from a list. */
const noChoice = new Set(['action.greeting', 'action.thanks', 'action.menu', 'action.wrong-answer']);

/** What a choice is offered for. */
interface Offered {
  /** The question that was asked; the whole message where it is not said. */
  readonly text?: string;
  /** What of it was asked meanwhile, by its title. */
  readonly side?: string | undefined;
  /** Something else was answered just before. */
  readonly too?: boolean;
}

/** Asks which of two to four topics is meant. */
export async function offerChoice(
  turn: Turn,
  topics: readonly string[],
  facet: Facet | null,
  { text = turn.text, side, too = false }: Offered = {},
): Promise<Outcome | undefined> {
  const offered = [...new Set(topics)].filter((topic) => !noChoice.has(topic)).slice(0, 4);
  if (offered.length === 0) return undefined;
  await ask(turn, { kind: 'choice', topics: offered, facet, text: kept(turn, text) });
  const lines = offered.map((topic, index) =>
    turn.say('choice.line', { number: index + 1, title: turn.content.titles.get(topic) ?? topic }),
  );
  const mourned =
    isBereaved(turn.content.simplify(turn.text), turn.content.talkWords) ||
    offered.every((topic) => turn.content.answers.get(topic)?.mourning);
  const condolence = mourned ? turn.say('answer.condolence') : '';
  const shown = { lines: lines.join('\n') };
  const which = turn.say(too ? 'choice.whichToo' : 'choice.which', shown);
  const asked = side === undefined ? which : turn.say('choice.whichOf', { ...shown, facet: side });
  return {
    decision: 'clarify',
    topic: offered[0] ?? null,
    facet,
    replies: [here(turn, condolence + asked)],
  };
}
