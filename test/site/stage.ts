import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { createSite, type SiteOptions } from '../../src/adapters/site/server.ts';
import { filesBelow } from '../../src/adapters/system/files.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import { siteDesk } from '../../src/cli/site.ts';
import { type DeskOptions, openTestDesk, type TestDesk } from '../support/desk.ts';

export interface SiteStage {
  readonly desk: TestDesk;
  readonly site: Hono;
  /** Where pictures lie. */
  readonly media: string;
  /** What went wrong and is ours. */
  readonly errors: Error[];
  /** A page as text, with what a browser would send. */
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; text: string; headers: Headers }>;
  /** A form as a browser sends it. */
  post(
    path: string,
    fields: Record<string, string | File>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; headers: Headers }>;
  close(): Promise<void>;
}

/** The site over a desk for tests, without a network. */
export async function openSiteStage({
  site: options = {},
  desk: deskOptions = {},
}: {
  readonly site?: Partial<SiteOptions>;
  readonly desk?: DeskOptions;
} = {}): Promise<SiteStage> {
  const media = await mkdtemp(join(tmpdir(), 'lianxinqiao-site-'));
  const desk = await openTestDesk({
    papers: false,
    files: filesBelow(media),
    parts: { ids: systemIds({ now: () => new Date('2026-11-23T02:00:00Z') }) },
    ...deskOptions,
  });
  const errors: Error[] = [];
  const site = createSite({
    communities: [siteDesk(desk.app, media)],
    onError: (error) => errors.push(error),
    elapsed: () => 0,
    ...options,
  });
  const read = async (response: Response) => ({ status: response.status, text: await response.text(), headers: response.headers });
  return {
    desk,
    site,
    media,
    errors,
    get: async (path, headers = {}) => read(await site.request(path, { headers: { host: 'localhost', ...headers } })),
    async post(path, fields, headers = {}) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return read(await site.request(path, { method: 'POST', body, headers: { host: 'localhost', ...headers } }));
    },
    close: () => rm(media, { recursive: true, force: true }),
  };
}

/** A file of the stage's media folder. */
export const readMedia = (stage: SiteStage, file: string) => readFile(join(stage.media, file));
