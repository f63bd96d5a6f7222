import { RefusedError } from './named-refusal.ts';
import { backOff, type WebClient } from './web-client.ts';

/** An attempt that took so long waited for a person; it is no failure that calls for patience. */
const wellAfter = 60_000;
/** A refused account is not accepted a second later. */
const afterRefusal = 10 * 60_000;

/**
 * Without a network start → error → logout → start runs in a circle, about a hundred errors a second. Attempts that fail at
 * once wait longer each time; calls while one waits are one call.
 */
export function patientStart(client: WebClient, sleep: (ms: number) => Promise<void>, now: () => number): void {
  const start = client.start.bind(client);
  let failures = 0;
  let refused = false;
  let waiting = false;
  client.on('login', () => {
    failures = 0;
  });
  client.on('error', (error) => {
    refused ||= error instanceof RefusedError;
  });
  client.start = async () => {
    if (waiting) return;
    waiting = true;
    if (refused) await sleep(afterRefusal);
    else if (failures > 0) await sleep(backOff(failures - 1));
    waiting = false;
    refused = false;
    failures += 1;
    const begunAt = now();
    await start();
    if (now() - begunAt >= wellAfter) failures = 0;
  };
}
