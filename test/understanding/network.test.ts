import { describe, expect, test } from '@jest/globals';
import { believed, see } from '../../src/domain/understanding/network.ts';
import { type NetworkLessons, trainNetwork } from '../../src/domain/understanding/network-training.ts';
import { featuresAt, packer } from '../../src/domain/understanding/packed.ts';

/** Texts of two words each: one of the first ten and one of the second ten. Those of one half go together, and so do those of the other. */
const pairs = Array.from({ length: 100 }, (_, number) => ({ first: number % 10, second: Math.floor(number / 10) }));
const belongs = ({ first, second }: (typeof pairs)[number]) => Number(first < 5 === second < 5);

function lessons(texts: readonly (typeof pairs)[number][], label: (pair: (typeof pairs)[number]) => number): NetworkLessons {
  const packed = packer();
  for (const { first, second } of texts) packed.add([first, 10 + second], [Math.SQRT1_2, Math.SQRT1_2], 100 * first + second);
  const labels = Int32Array.from(texts, label);
  return { texts: packed.packed(), learnt: Int32Array.from(texts.keys()), heads: { together: { labels, weights: [1, 1] } } };
}

const rounds = 150;
const shareOf = (from: NetworkLessons, network: ReturnType<typeof trainNetwork>) => (text: number) =>
  believed(network, 'together', see(network, featuresAt(from.texts, text)))[1] ?? 0;

describe('a small network', () => {
  test('tells from two words what neither of them tells alone, of pairs that it has not learnt too', () => {
    const learnt = pairs.filter(({ first, second }) => (first + second) % 5 !== 0);
    const unseen = pairs.filter(({ first, second }) => (first + second) % 5 === 0);
    const network = trainNetwork(lessons(learnt, belongs), rounds);
    const asked = lessons(unseen, belongs);
    const share = shareOf(asked, network);
    expect(unseen.filter((pair, text) => share(text) > 0.5 === (belongs(pair) === 1)).length).toBeGreaterThanOrEqual(0.9 * unseen.length);
  });

  test('learns nothing of what is not known of a text, and the same from the same', () => {
    const unknown = lessons(pairs, () => -1);
    expect(trainNetwork(unknown, 3)).toEqual(trainNetwork(unknown, 1));
    expect(trainNetwork(lessons(pairs, belongs), 3)).toEqual(trainNetwork(lessons(pairs, belongs), 3));
  });

  test('believes nothing under a head that it has not', () => {
    const from = lessons(pairs, belongs);
    const network = trainNetwork(from, 1);
    expect([...believed(network, 'acts', see(network, featuresAt(from.texts, 0)))]).toEqual([]);
  });
});
