import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Feed } from './feed.ts';
import { viewEvent } from './view.ts';

/**
 * A page's stream of what happens (server-sent events: `message`, `recalled`, `clock`, `topic`). It goes on after
 * `Last-Event-ID` or, the first time, after `?after=`. When that cannot be done, because too much has happened or
 * the program was started anew, one `reset` tells the page to begin again. A `ping` in between tells both sides that
 * the other is there.
 * @param heartbeat milliseconds between pings
 */
export function streamEvents(c: Context, feed: Feed, heartbeat: number): Response {
  const from = feed.numberOf(c.req.header('last-event-id') ?? c.req.query('after') ?? '');
  // Proxies (nginx) would otherwise hold the stream back.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());

    let seen = from;
    while (!gone.signal.aborted) {
      const events = seen === undefined ? undefined : feed.after(seen);
      if (seen === undefined || events === undefined) {
        await stream.writeSSE({ event: 'reset', data: '{}' });
        return;
      }
      for (const { id, number, event } of events) {
        await stream.writeSSE({ id, event: event.type, data: JSON.stringify(viewEvent(event)) });
        seen = number;
      }
      if (events.length === 0) await stream.writeSSE({ event: 'ping', data: '{}' });
      await feed.wait(seen, heartbeat, gone.signal);
      if (feed.closed) return;
    }
  });
}
