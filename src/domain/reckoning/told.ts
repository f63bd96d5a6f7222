import { datesIn, type ToldDate } from '../time/told-date.ts';
import { spansIn, type ToldSpan } from '../time/told-span.ts';
import { inDigits } from '../words/digits.ts';
import { payIn } from '../words/told-money.ts';

/** The numbers of a message, each read as one thing only: "一个月四千" is no month, "05年进厂" no five years. */
export interface Told {
  readonly dates: readonly ToldDate[];
  /** Yuan a month. */
  readonly pay?: number;
  readonly spans: readonly ToldSpan[];
  /** The message with its numerals in digits; dates stand there where they say. */
  readonly digits: string;
}

/** @param today yyyy-MM-dd in Shanghai @param ahead whether a month without its year lies ahead, as a birth that is expected does */
export function toldIn(text: string, today: string, ahead = false): Told {
  const dates = datesIn(text, today, ahead);
  const digits = inDigits(text);
  const dateless = dates.reduce(without, digits);
  const pay = payIn(dateless);
  const payless = pay ? without(dateless, pay) : dateless;
  return { dates, ...(pay ? { pay: pay.yuan } : {}), spans: spansIn(payless), digits };
}

function without(text: string, { at, length }: { readonly at: number; readonly length: number }): string {
  return text.slice(0, at) + '_'.repeat(length) + text.slice(at + length);
}
