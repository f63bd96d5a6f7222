import { inDigits } from './digits.ts';

/** What somebody earns, as people tell it. */
export interface ToldPay {
  /** Yuan a month. */
  readonly yuan: number;
  /** Where it stands in the text as `inDigits` gives it, and how long it is. */
  readonly at: number;
  readonly length: number;
}

const sum = String.raw`(?<sum>\d{3,6}(?:\.\d{1,2})?|\d{1,3}[kK])(?:多|左右|来|几)?`;
const unit = '(?:块钱?|元|圆)';
const monthly = '(?:1个月|每个?月|(?<!个)月均?(?:工资|薪资?|收入)?|工资|薪资|月薪|月收入|平均|到手|拿|开)';
const shapes: readonly RegExp[] = [
  // "一年六万", "年薪八万"
  new RegExp(`(?:1年|每年|年薪|年收入)(?:大概|差不多|大约|是|有|拿|挣)*${sum}${unit}?`, 'u'),
  new RegExp(`${monthly}[^\\d，。,；;]{0,6}${sum}${unit}?(?:1个月)?`, 'u'),
  new RegExp(`${sum}${unit}?的?(?:1个月|每月|月薪|工资|底薪)`, 'u'),
  new RegExp(`(?<!\\d)${sum}${unit}`, 'u'),
];
const yearly = /^(?:1年|每年|年薪|年收入)/u;

/** The monthly pay that a text tells: "一个月四千", "月薪4500", "3800块", "一年六万". Undefined where there is none. */
export function payIn(text: string): ToldPay | undefined {
  const said = inDigits(text);
  for (const shape of shapes) {
    const found = shape.exec(said);
    const yuan = yuanOf(found?.groups?.sum);
    if (found && yuan !== undefined)
      return { yuan: yearly.test(found[0]) ? Math.round(yuan / 12) : yuan, at: found.index, length: found[0].length };
  }
  return undefined;
}

/** A message that is a sum and nothing else: "4000", "四千五", "5k". */
export function bareSum(text: string): number | undefined {
  return yuanOf(
    /^(?:大概|大约|差不多|就|是|有|平均)*(\d{3,6}|\d{1,3}k)(?:多|左右)?(?:块钱?|元)?$/iu.exec(
      inDigits(text).replace(/[\s，。,.！!]/gu, ''),
    )?.[1],
  );
}

function yuanOf(said: string | undefined): number | undefined {
  if (said === undefined) return undefined;
  const yuan = /k$/iu.test(said) ? Number(said.slice(0, -1)) * 1000 : Number(said);
  return yuan >= 100 ? yuan : undefined;
}
