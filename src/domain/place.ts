/**
 * The place that a message tells of, in the resident's own words, longest match of the shapes given by the content
 * ("3栋2单元", "菜场门口", "人民路口"). Undefined when there is none.
 */
export function findPlace(text: string, shapes: readonly RegExp[]): string | undefined {
  let longest = '';
  for (const shape of shapes) {
    for (const match of text.matchAll(new RegExp(shape.source, 'gu'))) {
      if (match[0].length > longest.length) longest = match[0];
    }
  }
  return longest === '' ? undefined : longest;
}
