import { SendError } from '../../desk/kernel/accounts.ts';
import type { Ids, Log } from '../../desk/kernel/ports.ts';
import { type Answer, type Body, readFrame, writtenFrame } from './frames.ts';
import { isBusy, Refusal } from './refusal.ts';
import type { OpenSocket, Socket } from './socket.ts';

/** How the connection of a robot stands. */
export type RobotState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'in' }
  /** Lost; it is tried again by itself. */
  | { readonly kind: 'out' }
  /** The service does not take id and secret; its number. 853000: they do not fit. */
  | { readonly kind: 'refused'; readonly code: number }
  /** Another process has connected with the same robot: only one can be. It is not fought over. */
  | { readonly kind: 'displaced' };

/** Runs something once after so many milliseconds. @returns what calls it off */
export type After = (ms: number, work: () => void) => () => void;

export interface ConnectionOptions {
  readonly url: string;
  readonly botId: string;
  readonly secret: string;
  readonly open: OpenSocket;
  readonly after: After;
  readonly ids: Pick<Ids, 'id' | 'chance'>;
  readonly log: Log;
  readonly onState: (state: RobotState) => void;
  /** Somebody said something, or something happened; `id` is what an answer to it carries. */
  readonly onMessage: (id: string, body: Body) => void;
  readonly onEvent: (id: string, body: Body) => void;
}

export interface Connection {
  readonly state: RobotState;
  start(): void;
  /**
   * Asks the service for something and resolves with the body of its answer. `id`: that of what is answered.
   * @throws Refusal when it says no; SendError otherwise: certain when nothing was sent, else it may have arrived
   */
  ask(command: string, body: Body, id?: string): Promise<Body>;
  stop(): void;
}

const pingMs = 30_000;
/** Tencent's SDK waits 5 s for an answer; ours are few, and a doubt costs a message said twice. */
const answerMs = 15_000;
const missedAtMost = 2;
const firstRetryMs = 1_000;
const lastRetryMs = 60_000;
/** Id and secret that were refused may be refused for a fault of the service's: they are tried so often, minutes apart. */
const refusalsAtMost = 5;
const refusedRetryMs = 60_000;

interface Pending {
  readonly done: (body: Body) => void;
  readonly failed: (error: Error) => void;
}

/** Keeps one connection for one robot: subscribes, pings, and comes back with longer and longer pauses. */
export function createConnection(options: ConnectionOptions): Connection {
  const { url, botId, secret, open, after, ids, log, onState, onMessage, onEvent } = options;
  let state: RobotState = { kind: 'out' };
  let socket: Socket | undefined;
  let failures = 0;
  let refusals = 0;
  let missed = 0;
  let stopped = false;
  let callOff = () => {};
  const pending = new Map<string, Pending>();

  function become(next: RobotState): void {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    onState(next);
  }

  function connect(): void {
    // Who was refused stays so until it is in: the host is told once.
    if (state.kind !== 'refused') become({ kind: 'connecting' });
    const mine: Socket = open(url, {
      opened: () => mine === socket && void subscribe(),
      heard: (text) => mine === socket && heard(text),
      closed: () => mine === socket && lost(),
    });
    socket = mine;
  }

  async function subscribe(): Promise<void> {
    const mine = socket;
    try {
      await request('aibot_subscribe', { bot_id: botId, secret });
      failures = 0;
      refusals = 0;
      missed = 0;
      become({ kind: 'in' });
      callOff = after(pingMs, ping);
    } catch (error) {
      if (mine !== socket) return;
      if (error instanceof Refusal && !isBusy(error)) refused(error.code);
      else lost();
    }
  }

  function refused(code: number): void {
    leave('refused');
    refusals++;
    become({ kind: 'refused', code });
    if (refusals < refusalsAtMost) callOff = after(refusedRetryMs * 2 ** (refusals - 1), connect);
  }

  function ping(): void {
    const mine = socket;
    void request('ping')
      .then(() => {
        missed = 0;
      })
      .catch(() => {
        missed++;
      })
      .then(() => {
        if (mine !== socket || state.kind !== 'in') return;
        if (missed < missedAtMost) callOff = after(pingMs, ping);
        else lost();
      });
  }

  function request(command: string, body?: Body, id = `${command}_${ids.id()}`): Promise<Body> {
    return new Promise((resolve, reject) => {
      if (pending.has(id)) return reject(new SendError('this is being answered already', true));
      if (!socket?.send(writtenFrame(command, id, body))) return reject(new SendError('not connected', true));
      const giveUp = after(answerMs, () => settle(id)?.failed(new SendError('no answer came', false)));
      pending.set(id, {
        done: (answer) => {
          giveUp();
          resolve(answer);
        },
        failed: (error) => {
          giveUp();
          reject(error);
        },
      });
    });
  }

  function settle(id: string): Pending | undefined {
    const waiting = pending.get(id);
    pending.delete(id);
    return waiting;
  }

  function heard(text: string): void {
    const frame = readFrame(text);
    if (!frame) log.warn({ length: text.length }, 'a frame of 企业微信 could not be read and was dropped');
    else if (frame.kind === 'answer') answered(frame);
    else if (frame.kind === 'message') onMessage(frame.id, frame.body);
    else happened(frame.id, frame.body);
  }

  function answered({ id, code, body }: Answer): void {
    const waiting = settle(id);
    if (code === 0) waiting?.done(body);
    else waiting?.failed(new Refusal(code));
  }

  function happened(id: string, body: Body): void {
    const { eventtype } = (body.event ?? {}) as { eventtype?: unknown };
    if (eventtype === 'disconnected_event') {
      leave('displaced');
      become({ kind: 'displaced' });
    } else onEvent(id, body);
  }

  function lost(): void {
    leave('lost');
    become({ kind: 'out' });
    if (stopped) return;
    const longest = Math.min(firstRetryMs * 2 ** failures, lastRetryMs);
    failures = Math.min(failures + 1, 16);
    // Not all robots of a town come back at the same moment.
    callOff = after(longest / 2 + ids.chance(longest / 2 + 1), connect);
  }

  /** Ends the connection; what waits for an answer may have arrived. */
  function leave(why: string): void {
    callOff();
    const before = socket;
    socket = undefined;
    before?.close();
    for (const id of [...pending.keys()]) settle(id)?.failed(new SendError(`the connection was ${why} before an answer came`, false));
  }

  return {
    get state() {
      return state;
    },
    start: connect,
    ask: (command, body, id) =>
      state.kind === 'in' ? request(command, body, id) : Promise.reject(new SendError(`not connected: ${state.kind}`, true)),
    stop() {
      stopped = true;
      leave('ended');
    },
  };
}
