import type { Say } from '../../desk/kernel/say.ts';
import type { Frame, SitePages } from '../../desk/site/pages.ts';
import { localPath } from './address.ts';

/** What a page is drawn with: whose it is, how it is to look, and where its links lead. */
export interface View {
  readonly pages: SitePages;
  readonly frame: Frame;
  readonly say: Say;
  readonly now: Date;
  /** '' or '/c/COMMUNITY': stands before every path of this community. */
  readonly base: string;
  /** The path that was asked for, below `base`. */
  readonly path: string;
  /** What stood behind the path, but for the size of letters. */
  readonly query: string;
  /** Large letters: kept in every link, since there is no cookie. */
  readonly large: boolean;
  /** The address that people see, without a slash at its end; undefined while nobody has set it. */
  readonly url: string | undefined;
  /** A link within the site. */
  href(path: string, large?: boolean): string;
  /** The same as somebody else can open it; undefined while the address is not known. */
  absolute(path: string): string | undefined;
}

export interface ViewOptions extends Pick<View, 'pages' | 'frame' | 'base' | 'path' | 'query' | 'large' | 'url'> {
  readonly now: Date;
}

export function viewOf({ pages, frame, base, path, query, large, url, now }: ViewOptions): View {
  return {
    pages,
    frame,
    say: pages.say,
    now,
    base,
    path,
    query,
    large,
    url,
    href: (to, inLarge = large) => localPath(base, to, inLarge),
    absolute: (to) => (url === undefined ? undefined : `${url}${localPath(base, to, false)}`),
  };
}
