import { chanceFrom } from '../../domain/understanding/chance.ts';
import type { Language } from '../../domain/understanding/language.ts';

/** One character in so many is exchanged, and one at least. */
const oneIn = 12;
/** Grammar is typed right: nobody exchanges these. */
const never = new Set('的了');

/** The texts with some characters exchanged for others of the same sound, as a keyboard or dictation takes them; the same in every run. */
export function mistyped(texts: readonly string[], { reading }: Pick<Language, 'reading'>): string[] {
  const alike = new Map<string, Set<string>>();
  for (const character of texts.join('')) {
    const sound = reading(character);
    if (sound !== undefined) alike.set(sound, (alike.get(sound) ?? new Set()).add(character));
  }
  const chance = chanceFrom(texts.length);
  const oneOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(chance.next() * all.length)];
  const others = (character: string) => [...(alike.get(reading(character) ?? '') ?? [])].filter((other) => other !== character);
  return texts.map((text) => {
    const characters = [...text];
    const places = [...characters.keys()].filter((at) => !never.has(characters[at] ?? '') && others(characters[at] ?? '').length > 0);
    for (let many = Math.max(1, Math.round(characters.length / oneIn)); many > 0 && places.length > 0; many--) {
      const [at = 0] = places.splice(Math.floor(chance.next() * places.length), 1);
      characters[at] = oneOf(others(characters[at] ?? '')) ?? '';
    }
    return characters.join('');
  });
}
