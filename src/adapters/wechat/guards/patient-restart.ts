import { backOff, sessionEnded, type WebClient } from './web-client.ts';

/** A server that refuses so often, and says so, does not know the session. */
const refusalsAtMost = 8;

/**
 * After a network failure wechat4u tries once more, a minute later, and by a mistake (`init` for `_init`) does not begin to
 * listen again: deaf for five minutes while it says that all is well. Here it tries until it succeeds or the session has ended.
 */
export function patientRestart(client: WebClient, sleep: (ms: number) => Promise<void>): void {
  let running: Promise<void> | undefined;
  client.restart = () => {
    running ??= reconnect().finally(() => {
      running = undefined;
    });
    return running;
  };

  async function reconnect(): Promise<void> {
    for (let failures = 0, refusals = 0; ; failures++) {
      try {
        return await client._init();
      } catch (error) {
        if ('actual' in (error as object)) refusals++;
        if (sessionEnded(error) || refusals >= refusalsAtMost) return end();
        client.emit('error', error);
        await sleep(backOff(failures));
        if (client.state === client.CONF.STATE.logout) return;
      }
    }
  }

  function end(): void {
    // Otherwise timers of the ended session go on asking.
    client.state = client.CONF.STATE.logout;
    client.emit('logout');
  }
}
