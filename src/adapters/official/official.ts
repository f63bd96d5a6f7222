import type { Hono } from 'hono';
import type { Account } from '../../desk/kernel/accounts.ts';
import type { App } from '../../desk/kernel/desk.ts';
import type { Clock, Ids, Log, Store } from '../../desk/kernel/ports.ts';
import type { Say } from '../../desk/kernel/say.ts';
import { followersRoom, massFinished } from '../../desk/news/followers.ts';
import { createDirectory } from '../../desk/people/directory.ts';
import { createAnswers } from './answers.ts';
import { type Client, createClient } from './client.ts';
import type { ApiError } from './errors.ts';
import { createFollowers } from './followers.ts';
import { createHearing, type Hear } from './hearing.ts';
import { massSender } from './mass.ts';
import { pushRoutes } from './pushes.ts';
import { keyOf } from './safe-mode.ts';
import type { Sharer } from './sharers.ts';
import { officialAccount } from './speaking.ts';
import { createTemplates, type TemplateStep } from './templates.ts';

/** What is set of an account at the platform and here. */
export interface OfficialSettings {
  readonly appId: string;
  readonly secret: string;
  readonly token: string;
  /** Keys of the safe mode, the present one first; none: pushes come in the clear. */
  readonly keys: readonly string[];
  readonly templates: Partial<Record<TemplateStep, string>>;
  readonly api: string;
}

export interface OfficialOptions {
  /** The account's name on the desk. */
  readonly name: string;
  readonly settings: OfficialSettings;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly say: Say;
  readonly log: Log;
  readonly mediaFolder: string;
  readonly siteUrl?: string | undefined;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  readonly timeoutMs?: number;
  /** Several communities speak through it, each with a desk of its own. */
  readonly shared?: boolean;
  /** Hears of what only a person can set right. */
  readonly onTrouble?: (error: ApiError) => void;
}

/** A 服务号 on a desk. */
export interface Official {
  readonly account: Account;
  readonly client: Client;
  /** What WeChat calls; it answers from `connect` on. */
  readonly routes: Hono;
  /** Hears a push that came by another way than `routes`. @throws when it could not be kept */
  readonly hear: Hear;
  /** The desk can answer. */
  connect(app: App): Promise<void>;
  /** Asks how messages to all ended where WeChat has not told it, or what it told was lost. Now and then, and after a start. @throws ApiError */
  askEnds(app: App): Promise<void>;
  /** This desk among those that share the account. */
  sharer(id: string): Sharer;
}

export function createOfficial(options: OfficialOptions): Official {
  const { name, settings, store, clock, ids, say, log, mediaFolder, siteUrl, sleep } = options;
  const client = createClient({ ...settings, ...options });
  const directory = createDirectory(store, ids, name);
  const answers = createAnswers();
  const mass = options.shared ? undefined : massSender({ name, client, store, clock, mediaFolder, sleep });
  const templates = createTemplates({ client, clock, say, log, ids: settings.templates, siteUrl });
  const followerIn = createFollowers({ name, directory, ids, say });
  let running: App | undefined;
  let open: Hear | undefined;
  const hear: Hear = async (push, id, how) => {
    if (!open) throw new Error('the desk is not open yet: it is brought again');
    return open(push, id, how);
  };
  return {
    client,
    hear,
    account: officialAccount({ name, client, directory, store, clock, say, mediaFolder, answers, mass, templates }),
    routes: pushRoutes({
      appId: settings.appId,
      token: settings.token,
      keys: settings.keys.map(keyOf),
      now: clock.now,
      hear,
      onError: (error) => log.error({ err: error }, 'a push could not be kept: WeChat brings it again'),
    }),
    async connect(app) {
      if (mass) await store.transaction((tx) => followersRoom(tx, ids, name, say('official.followers'), clock.now()));
      running = app;
      open = createHearing({ name, app, store, directory, client, answers, mediaFolder, log, sleep });
    },
    async askEnds(app) {
      for (const end of (await mass?.ends()) ?? []) await massFinished(app, name, end);
      await app.outbox.pump();
    },
    sharer: (id) => ({
      id,
      name: () => running?.content.current().community.name ?? id,
      knows: (openid) => directory.knows(openid),
      isHome: (openid) => store.transaction(async (tx) => (await tx.get('bindings', homeOf(openid))) !== undefined),
      async settle(openid, isHome) {
        await store.transaction(async (tx) => {
          if (!isHome) return tx.remove('bindings', homeOf(openid));
          await tx.put('bindings', { id: homeOf(openid), kind: 'person', target: await followerIn(tx, openid) });
        });
      },
      hear,
      async listen(push, pushed) {
        await hear(push, pushed, 'aside');
      },
      isDanger: (text) => text !== '' && running?.content.current().understand(text).emergency !== null,
    }),
  };

  /** What says that somebody belongs to this community. It binds them a second time: with them it goes. */
  function homeOf(openid: string): string {
    return `${name}/home/${openid}`;
  }
}
