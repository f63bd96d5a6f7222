import { Converter } from 'opencc-js/t2cn';
import { placeReader } from '../../src/domain/words/place.ts';

/** A reader of places in a community of two estates. */
export const places = placeReader(
  {
    compounds: [
      { name: '阳光花园', also: ['阳光花园小区', '阳光小区'] },
      { name: '幸福家园', also: [] },
    ],
    roads: [{ name: '老街', also: [] }],
    landmarks: [{ name: '黄土坡小学', also: ['黄小'] }],
  },
  Converter({ from: 't', to: 'cn' }),
);
