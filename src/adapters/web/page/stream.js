/** The server gives a sign of life every 15 seconds; without one for so long the line is dead, whatever it looks like. */
const SILENCE_MS = 40_000;
const RETRY_MS = [500, 1000, 2000, 4000, 8000];

/**
 * Listens to what happens after an event, and goes on by itself after a lost connection.
 * @param {string} after the id of the last event that is known
 * @param {{event: (type: string, data: any) => void, connected: (yes: boolean) => void, reset: () => void}} on
 *   `reset`: too much was missed, begin again
 */
export function listen(after, on) {
  let last = after;
  let failures = 0;
  /** @type {EventSource} */
  let source;
  let silence = 0;

  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(retry, SILENCE_MS);
  };

  const retry = () => {
    clearTimeout(silence);
    source.close();
    on.connected(false);
    setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  };

  function connect() {
    source = new EventSource(`api/events?after=${encodeURIComponent(last)}`);
    alive();
    source.onopen = () => {
      failures = 0;
      on.connected(true);
      alive();
    };
    source.onerror = retry;
    source.addEventListener('ping', alive);
    source.addEventListener('reset', () => {
      clearTimeout(silence);
      source.close();
      on.reset();
    });
    for (const type of ['message', 'recalled', 'clock', 'topic']) {
      source.addEventListener(type, (event) => {
        alive();
        last = event.lastEventId;
        on.event(type, JSON.parse(event.data));
      });
    }
  }

  connect();
}
