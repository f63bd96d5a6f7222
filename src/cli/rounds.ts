import { schedule } from 'node-cron';

/** Ends what was begun; resolves when what is under way is finished. */
export type End = () => Promise<void> | void;

/** Does something again and again, never twice at a time. @param ms milliseconds between two beginnings */
export function every(ms: number, work: () => Promise<void> | void, failed: (error: unknown) => void): End {
  let busy: Promise<void> | undefined;
  const once = async () => work();
  const timer = setInterval(() => {
    busy ??= once()
      .catch(failed)
      .finally(() => {
        busy = undefined;
      });
  }, ms);
  return async () => {
    clearInterval(timer);
    await busy;
  };
}

/** Does something each night at a time of day in Shanghai (HH:mm); undefined: never. */
export function nightly(time: string | undefined, work: () => void): End {
  if (time === undefined) return () => undefined;
  const [hour = '4', minute = '0'] = time.split(':');
  const task = schedule(`${Number(minute)} ${Number(hour)} * * *`, work, { timezone: 'Asia/Shanghai' });
  return async () => {
    await task.destroy();
  };
}
