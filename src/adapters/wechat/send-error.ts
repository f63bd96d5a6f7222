import { SendError } from '../../desk/kernel/accounts.ts';

/** Answers of web WeChat (`Ret`) to something that was sent. */
const tooOften = 1205;
/** -1: no such person or group in this session; 1100–1102: the session is over; 1: a parameter is wrong. None of these arrives. */
const refused = [-1, 1, 1100, 1101, 1102, 1203];
/** WeChat's grey line in the chat, where it limits an account although the answer was "sent" (wechaty/wechaty-puppet-padplus#245). */
const limitedLine = /操作过于频繁|操作太频繁|请稍后再试|operation too (?:often|frequent)/i;

/** Failures of the network before anything was sent. */
const notConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'];

/** Whether a line of WeChat's own says that the account is limited. */
export const saysLimited = (line: string): boolean => limitedLine.test(line);

/**
 * What a failed send means: whether it surely did not arrive, and whether the account is limited. In doubt it may have arrived: a
 * connection that is reset after the request was written (ECONNRESET), a time-out, an answer of 5xx.
 */
export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const { message = '', code, actual } = error as { message?: string; code?: unknown; actual?: unknown };
  // Some puppets keep only the message of an assertion: "1205 == 0".
  const ret = Number(actual ?? /^(-?\d+) == 0$/.exec(message)?.[1]);
  const limited = ret === tooOften || saysLimited(message);
  const certain = limited || refused.includes(ret) || notConnected.includes(String(code));
  // Not the cause: it holds the request, with the session's cookie.
  return new SendError(Number.isNaN(ret) ? `${String(code ?? 'error')}: ${message.slice(0, 100)}` : `WeChat answered ${ret}`, certain, {
    limited,
  });
}
