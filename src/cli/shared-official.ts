import { pushRoutes } from '../adapters/official/pushes.ts';
import { keyOf } from '../adapters/official/safe-mode.ts';
import { amongSharers, type Sharer } from '../adapters/official/sharers.ts';
import type { Mounted } from '../adapters/site/server.ts';
import type { Clock, Log } from '../desk/kernel/ports.ts';
import type { Say } from '../desk/kernel/say.ts';
import type { Config } from './config.ts';
import { officialSettings } from './official.ts';

/** A 服务号 through which several communities speak, each from its own desk. */
export interface SharedOfficial {
  join(sharer: Sharer): void;
  /** Whether a community joined first. */
  isFirst(id: string): boolean;
  /** What WeChat calls, once all that are open have joined. */
  routes(): Mounted;
}

/** The one that is set for all communities; undefined: each has its own. @throws ConfigError when a part of it is missing */
export function sharedOfficial(config: Config, { say, log, clock }: { say: Say; log: Log; clock: Clock }): SharedOfficial | undefined {
  if (config.OFFICIAL_APP_ID === undefined) return undefined;
  const { appId, token, keys } = officialSettings(config);
  const sharers: Sharer[] = [];
  return {
    join: (sharer) => void sharers.push(sharer),
    isFirst: (id) => sharers[0]?.id === id,
    routes: () => ({
      path: '/official/main',
      app: pushRoutes({
        appId,
        token,
        keys: keys.map(keyOf),
        now: clock.now,
        hear: amongSharers(sharers, say),
        onError: (error) => log.error({ err: error }, 'a push could not be kept: WeChat brings it again'),
      }),
    }),
  };
}
