import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { createSite, type Elsewhere, type Mounted, type SiteDesk } from '../adapters/site/server.ts';
import { listenOn } from '../adapters/web/listen.ts';
import type { App } from '../desk/kernel/desk.ts';
import type { Log } from '../desk/kernel/ports.ts';
import { createSiteCases } from '../desk/site/cases.ts';
import { createSitePages } from '../desk/site/pages.ts';
import { type Config, ConfigError } from './config.ts';

/** The name of the only community. */
const main = 'main';

/** A community's desk as the site shows it. @param mediaFolder where pictures lie beside the store */
export function siteDesk(app: App, mediaFolder: string, id = main): SiteDesk {
  return {
    id,
    pages: createSitePages(app),
    cases: createSiteCases(app),
    picture: (file) => readBelow(mediaFolder, file),
    async keepPicture(name, { bytes, ending }) {
      await mkdir(mediaFolder, { recursive: true, mode: 0o700 });
      await writeFile(resolve(mediaFolder, `${name}${ending}`), bytes, { mode: 0o600 });
      return `${name}${ending}`;
    },
    dropPicture: (file) => rm(resolve(mediaFolder, file), { force: true }),
  };
}

/**
 * Opens the public site over these desks.
 * @returns its address, and what closes it
 * @throws ConfigError when its port is taken
 */
export async function openSite(
  config: Config,
  log: Log,
  communities: Iterable<SiteDesk>,
  mounted: Iterable<Mounted> = [],
  elsewhere?: Elsewhere,
) {
  const { SITE_HOST: host, SITE_PORT: port, SITE_URL: url, SITE_PROXIES: proxies, COMMUNITIES_DIR: several, PEER_URL: peer } = config;
  const site = createSite({
    communities,
    several: several !== undefined,
    mounted,
    hostNames: [host, ...(peer === undefined ? [] : [new URL(peer).hostname])],
    proxies,
    ...(elsewhere === undefined ? {} : { elsewhere }),
    ...(url === undefined ? {} : { url }),
    onError: (error) => log.error({ err: error }, 'a page of the site failed'),
  });
  try {
    return await listenOn(site, host, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new ConfigError(
      `SITE_PORT ${port} is taken on ${host}: something else listens there. Choose another port, or 0 for any that is free.`,
    );
  }
}

/** A name never leads out of the folder. */
async function readBelow(folder: string, file: string): Promise<Uint8Array | undefined> {
  const root = resolve(folder);
  const path = resolve(root, file);
  if (!path.startsWith(root + sep)) return undefined;
  return readFile(path).catch(() => undefined);
}
