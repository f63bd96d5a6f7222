/** What the number of an alarm begins with, whatever the community: no appeal's does. */
export const alarmPrefix = 'JQ';

/** The number of the `sequence`-th alarm (from 1) of a day; `date` is yyMMdd in Shanghai. There are few a day, so it has no check digit. */
export function alarmNumber(date: string, sequence: number): string {
  return `${alarmPrefix}${date}-${String(sequence).padStart(3, '0')}`;
}

/** A number as it was typed: whole, or the ending of one. */
export type AlarmReading = { readonly form: 'full'; readonly number: string } | { readonly form: 'short'; readonly ending: number };

/** Reads "jq261126-003", "ＪＱ２６１１２６００３" (full), "JQ3", "003", "3号" (short). Undefined when it is none. */
export function readAlarmNumber(typed: string): AlarmReading | undefined {
  const compact = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-_—–#号:.，。]|单号|编号/g, '');
  const [, prefix, digits = ''] = /^(JQ)?(\d+)$/.exec(compact) ?? [];
  if (prefix !== undefined && digits.length >= 9 && digits.length <= 10)
    return { form: 'full', number: `${alarmPrefix}${digits.slice(0, 6)}-${digits.slice(6)}` };
  return digits !== '' && digits.length <= 4 ? { form: 'short', ending: Number(digits) } : undefined;
}

/** Whether what was typed names an alarm and nothing else: "JQ3". */
export function namesAlarm(typed: string): boolean {
  return /^\s*jq/iu.test(typed.normalize('NFKC')) && readAlarmNumber(typed) !== undefined;
}

/** The daily number of an alarm: 3 of "JQ261126-003". */
export function sequenceOf(number: string): number {
  return Number(number.slice(number.indexOf('-') + 1));
}
