import { pino } from 'pino';
import type { Log } from '../../desk/kernel/ports.ts';

/**
 * Lines of JSON on standard error. Errors are written by name, message and stack only: what libraries hang on them may hold
 * cookies and keys (an axios error carries its whole request).
 */
export function createLog(level: string): Log {
  const error = (err: unknown) => (err instanceof Error ? { type: err.name, message: err.message, stack: err.stack } : err);
  return pino({ level, serializers: { err: error } }, pino.destination(2));
}

/** Hears nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
