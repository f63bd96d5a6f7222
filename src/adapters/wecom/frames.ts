import { z } from 'zod';

/**
 * The frames of a robot's long connection (企业微信, 智能机器人, 长连接): JSON, one a WebSocket message. Read in Tencent's page of 2026-04-01
 * and in its SDK (WecomTeam/aibot-node-sdk); nothing was tried on the real service.
 */

/** So many characters a frame has at most that is read: what people say has a few thousand, pictures come by address. */
export const longestFrame = 200_000;

export type Body = Readonly<Record<string, unknown>>;

/** The service answers what was asked under this id; 0 is done. */
export interface Answer {
  readonly kind: 'answer';
  readonly id: string;
  readonly code: number;
  readonly body: Body;
}

/** Somebody said something, or something happened; what is answered to it carries its id. */
export interface Callback {
  readonly kind: 'message' | 'event';
  readonly id: string;
  readonly body: Body;
}

export type Frame = Answer | Callback;

const headers = z.object({ req_id: z.string().min(1).max(256) });
const body = z.record(z.string(), z.unknown());
const answer = z.object({ headers, errcode: z.number().int(), body: body.optional() });
const callback = z.object({ headers, cmd: z.enum(['aibot_msg_callback', 'aibot_event_callback']), body });

/** @returns undefined for what is no frame of ours: too long, no JSON, of another shape */
export function readFrame(text: string): Frame | undefined {
  if (text.length > longestFrame) return undefined;
  const given = parsed(text);
  const called = callback.safeParse(given);
  if (called.success) {
    const { cmd, headers, body } = called.data;
    return { kind: cmd === 'aibot_msg_callback' ? 'message' : 'event', id: headers.req_id, body };
  }
  const answered = answer.safeParse(given);
  if (!answered.success) return undefined;
  return { kind: 'answer', id: answered.data.headers.req_id, code: answered.data.errcode, body: answered.data.body ?? {} };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A frame that is sent. */
export function writtenFrame(command: string, id: string, body?: Body): string {
  return JSON.stringify({ cmd: command, headers: { req_id: id }, ...(body ? { body } : {}) });
}
