import type { Log } from '../../desk/kernel/ports.ts';

/** The same words again within this time are not news. */
const quietMs = 30 * 60_000;
const patienceMs = 10_000;

/**
 * Tells whoever looks after the account, past the account itself: posts to a robot of a chat group (企业微信, 钉钉 and others take this
 * form; 飞书 takes `msg_type`, which stands beside it). Failures are logged and nothing else.
 */
export function createNotifier(url: string | undefined, log: Log, now: () => number): (text: string) => void {
  const told = new Map<string, number>();
  return (text) => {
    if (url === undefined || now() - (told.get(text) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    told.set(text, now());
    const content = JSON.stringify({ msgtype: 'text', msg_type: 'text', text: { content: text }, content: { text } });
    fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: content,
      signal: AbortSignal.timeout(patienceMs),
    })
      .then((answer) => answer.ok || log.warn({ status: answer.status }, 'the notice was not taken'))
      // The address holds the key of the robot: it is not logged.
      .catch((error: unknown) => log.warn({ reason: (error as Error).name }, 'the notice could not be sent'));
  };
}
