import { isNamedAlready, wishDenied } from '../appeals/form.ts';
import { type Handler, here } from '../kernel/turn.ts';

/** "不要退订", "我没催你们", "我没说要投诉": what is not wanted is not done, and that is all that is said. */
export const declined: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const { wishes } = turn.content;
  const said = turn.content.simplify(turn.text);
  const named = await isNamedAlready(turn);
  const wish = named ? 'anonymous' : wishDenied(turn);
  // What is without a name is named again where it is known which case is meant.
  if (wish === 'anonymous' && !named) return undefined;
  if (wish) return { decision: 'action', topic: null, replies: [here(turn, turn.say(`declined.${wish}`))] };
  const fine = turn.content.categories.has(turn.understood.questions[0].candidates[0]?.topic ?? '') && wishes.fine.test(said);
  return fine ? { decision: 'action', topic: null, replies: [here(turn, turn.say('declined.fine'))] } : undefined;
};
