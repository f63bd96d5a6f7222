import { clockTime, dateAfter, fromShanghai, inShanghai } from './clock-time.ts';

/** Hours in Shanghai in which nobody is disturbed, each as HH:mm; they may pass midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** Whether a moment lies in them. */
export function isQuiet({ from, to }: QuietHours, at: Date): boolean {
  const time = clockTime(inShanghai(at));
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

/** The moment itself, or the end of the quiet hours that it lies in. */
export function afterQuiet(quiet: QuietHours, at: Date): Date {
  if (!isQuiet(quiet, at)) return at;
  const { date } = inShanghai(at);
  const end = fromShanghai(date, quiet.to);
  return end > at ? end : fromShanghai(dateAfter(date, 1), quiet.to);
}
