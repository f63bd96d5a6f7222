import type { ActBeliefs } from './acts.ts';
import { isAction, isGrievance } from './lessons.ts';
import { logOdds } from './logistic.ts';
import type { Candidate } from './result.ts';

/** Nothing is surer than this. */
export const surest = 0.99;
/** How well a topic goes with a message that does something else: not well, but words may deceive. */
const unfitting = 0.15;
/**
 * From here on (log-odds) somebody surely reports or wants something, and it is taken down whatever it is about: how much is believed
 * in that, and half as much how far what it is about is a category of appeals. Set against everyday talk (docs/evaluation.md).
 */
const takenFrom = 1.1;
/** From here on what is nearly understood as a grievance is one. */
const perhaps = 0.3;
/** … and from here on what is nearly understood as anything. */
const surelyTells = 0.8;
/** So long a message tells a story: everyday talk is shorter. Who then probably reports something is taken at their word, whatever it is about. */
const storyLength = 25;
const toldFrom = 0.5;
/** … unless what it is about is so likely something that is answered. */
const clearly = 0.4;
/** A category that is as likely as this is taken before 别的事情. */
const categoryFrom = 0.02;
const anyGrievance = 'appeal.other';

/** How much is believed that a message tells of a grievance or a wish. */
export function grievance(act: ActBeliefs): number {
  return act.report + act.wish + act['complain-waiting'];
}

const odds = (share: number) => logOdds(share, 1e-4);

/** How well topics go with what a message does. */
export interface Fitting {
  /** The shares of the topics, each weighed by how well it goes with that; the sum is 1. */
  weighed(shares: Float64Array, act: ActBeliefs): Float64Array;
  /** The share of all categories of appeals. */
  categories(shares: Float64Array): number;
}

export function fitting(topics: readonly string[]): Fitting {
  const tellsOf = topics.map(isGrievance);
  const anyAct = topics.map(isAction);
  return {
    weighed(shares, act) {
      const tells = unfitting + grievance(act);
      const asks = unfitting + act.question + act['ask-when'];
      const result = shares.map((share, topic) => share * (tellsOf[topic] ? tells : anyAct[topic] ? 1 : asks));
      const sum = result.reduce((total, share) => total + share, 0) || 1;
      return result.map((share) => share / sum);
    },
    categories: (shares) => shares.reduce((sum, share, topic) => sum + (tellsOf[topic] ? share : 0), 0),
  };
}

/**
 * The category of what is surely a grievance: the likeliest, which may be put right later; undefined where it is none. `category` is the
 * share of all categories among the topics, `length` that of the message in characters.
 */
export function grievanceIn(
  candidates: readonly Candidate[],
  { category, unclear, length }: { readonly category: number; readonly unclear: boolean; readonly length: number },
  act: ActBeliefs,
): string | undefined {
  // Nobody is asked to choose the category of a grievance.
  const [best] = candidates;
  const likeliest = candidates.find(({ topic }) => isGrievance(topic));
  if (unclear && best && isGrievance(best.topic) && grievance(act) >= perhaps) return best.topic;
  if (best && isGrievance(best.topic) && best.score >= clearly && grievance(act) >= toldFrom) return best.topic;
  if (unclear && grievance(act) >= surelyTells) return likeliest?.topic ?? anyGrievance;
  const asks = best && !isGrievance(best.topic) && best.score >= clearly && best.score >= 2 * (likeliest?.score ?? 0);
  const told = length >= storyLength && grievance(act) >= toldFrom && !asks;
  if (!told && odds(grievance(act)) + odds(category) / 2 < takenFrom) return undefined;
  return likeliest && likeliest.score >= categoryFrom ? likeliest.topic : anyGrievance;
}
