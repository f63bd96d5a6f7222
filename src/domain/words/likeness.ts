import distance from 'natural/lib/natural/distance/index.js';

/** From here on two questions count as the same (Sørensen–Dice over pairs of characters, 0…1). */
const alikeFrom = 0.5;

/**
 * Groups of questions that are alike, in the order of `questions`: each joins the first group whose first question it is
 * like. `words` are the question's bare words.
 */
export function groupsOfLike<Q extends { readonly words: string }>(questions: readonly Q[]): Q[][] {
  const groups: Q[][] = [];
  for (const question of questions) {
    const like = groups.find(([first]) => first !== undefined && distance.DiceCoefficient(first.words, question.words) >= alikeFrom);
    if (like) like.push(question);
    else groups.push([question]);
  }
  return groups;
}
