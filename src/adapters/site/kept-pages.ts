import type { Html } from './html.ts';
import type { View } from './view.ts';

/** More than there are answers, in both sizes of letters; an address can be written in many ways. */
const keptAtMost = 1000;

/** Pages that are made of the content alone, as they were drawn, until that changes: with it the frame does. */
export function keptPages(): <P extends Html | undefined>(view: View, draw: () => Promise<P>) => Promise<Html | P> {
  let madeOf: View['frame'] | undefined;
  const pages = new Map<string, Html>();
  return async (view, draw) => {
    const { frame, path, query, large } = view;
    if (madeOf !== frame) {
      madeOf = frame;
      pages.clear();
    }
    // What stands behind the question mark is in the links of the page, and anybody's.
    if (query !== '') return draw();
    const key = `${large} ${path}`;
    const known = pages.get(key);
    if (known) return known;
    const page = await draw();
    if (page && madeOf === frame && pages.size < keptAtMost) pages.set(key, page);
    return page;
  };
}
