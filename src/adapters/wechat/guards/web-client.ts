/** The parts of wechat4u (the client of web WeChat below the puppet) that the guards touch. It has no types of its own. */
export interface WebClient {
  readonly CONF: { readonly STATE: { readonly login: string; readonly logout: string } };
  readonly PROP: { formatedSyncKey: string };
  readonly Message: { extend(raw: RawMessage): RawMessage };
  state: string;
  /** Milliseconds of the last answer of the server to "anything new?"; 0 before the first. */
  lastSyncTime: number;
  contacts: Record<string, unknown>;
  /** Where the login goes on once the phone has confirmed it. */
  rediUri?: string;
  request(options: { url?: string }): Promise<{ data?: unknown }>;
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): void;
  login(): Promise<unknown>;
  syncCheck(): Promise<unknown>;
  _init(): Promise<void>;
  on(event: string, listener: (given: Error) => void): unknown;
  emit(event: string, given?: unknown): boolean;
}

/** A message as web WeChat delivers it, as far as it is read here. */
export interface RawMessage {
  readonly MsgId: string;
  readonly MsgType: number;
  /** 48 in a text message: a place. */
  readonly SubMsgType?: number;
  /** 57 in an app message (type 49): a quotation with an answer. */
  readonly AppMsgType?: number;
  readonly FromUserName: string;
  readonly ToUserName: string;
  /** Seconds. */
  readonly CreateTime: number;
  Content: string;
  /** The content as it came; wechat4u changes `Content`. */
  readonly OriginalContent?: string;
}

/** The parts of the puppet that the guards touch. */
export interface WebPuppet {
  startTime: number;
  unknownContactId: string[][];
  wechat4u?: WebClient;
  readonly cache: { clear(): void };
  readonly isLoggedIn: boolean;
  readonly currentUserId: string;
  monkeyPatch(client: WebClient): void;
  login(self: string): void;
  logout(reason?: string): Promise<void>;
}

/** Why the server does not know the session any more: 1100 logged out on the phone, 1101 logged in elsewhere, 1102 cookies refused. */
const endings = [1100, 1101, 1102];

/** Whether an error of wechat4u means that the session is over. */
export function sessionEnded(error: unknown): boolean {
  const { message, actual } = error as { message?: string; actual?: unknown };
  return message === 'already logout' || endings.includes(Number(actual));
}

/** Milliseconds to wait after so many failures in a row: 1, 2, 4 … at most 30 seconds. */
export const backOff = (failures: number): number => Math.min(30_000, 1_000 * 2 ** failures);
