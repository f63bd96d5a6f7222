import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Account } from './account.ts';
import type { Answer, Backend, Call, Handler } from './call.ts';
import { batchGetContact, getContact, opLog, updateChatroom, verifyUser } from './contacts.ts';
import { jslogin, logout, newLoginPage, poll } from './login.ts';
import { byMessage, getMedia, icon, uploadMedia } from './media.ts';
import { revoke, sendFile, sendMedia, sendText } from './messages.ts';
import { init, statusNotify } from './start.ts';
import { sync, syncCheck } from './sync.ts';

const handlers: Record<string, Handler> = {
  jslogin,
  login: poll,
  webwxnewloginpage: newLoginPage,
  webwxlogout: logout,
  webwxinit: init,
  webwxstatusnotify: statusNotify,
  synccheck: syncCheck,
  webwxsync: sync,
  webwxgetcontact: getContact,
  webwxbatchgetcontact: batchGetContact,
  webwxoplog: opLog,
  webwxverifyuser: verifyUser,
  webwxupdatechatroom: updateChatroom,
  webwxsendmsg: sendText,
  webwxsendmsgimg: sendMedia,
  webwxsendvideomsg: sendMedia,
  webwxsendemoticon: sendMedia,
  webwxsendappmsg: sendFile,
  webwxrevokemsg: revoke,
  webwxuploadmedia: uploadMedia,
  webwxgetmsgimg: byMessage('image/jpeg'),
  webwxgetvoice: byMessage('audio/mp3'),
  webwxgetvideo: byMessage('video/mp4'),
  webwxgetmedia: getMedia,
  webwxgeticon: icon,
  webwxgetheadimg: icon,
};

export interface Served {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** Calls that the emulation does not know; there should be none. */
  readonly unknown: string[];
  /** How often each call was made. */
  readonly calls: Map<string, number>;
  close(): Promise<void>;
}

/** Serves the API on the loopback. */
export async function serve(backend: Backend): Promise<Served> {
  const unknown: string[] = [];
  const calls = new Map<string, number>();
  const open = new Map<Socket, string>();
  const { faults, account } = backend;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const api = pathname.split('/').at(-1) ?? '';
    calls.set(api, (calls.get(api) ?? 0) + 1);
    if (faults.outage) return fail(request.socket, api);
    open.set(request.socket, api);
    const call = await readCall(api, query, request, account);
    const handler = handlers[api];
    if (!handler) unknown.push(`${request.method} ${request.headers.host}${pathname}`);
    const forged = faults.forged.get(api);
    const honest = async () => (handler ? handler(call, backend) : { status: 404, body: '' });
    const answered = forged === undefined ? await honest() : { body: forged };
    if (open.delete(request.socket) && !request.socket.destroyed) {
      if (faults.loses(api)) request.socket.destroy();
      else write(response, answered);
    }
    account.world.signal.changed();
  }

  function fail(socket: Socket, api: string): void {
    open.delete(socket);
    faults.outage?.fail(api);
    socket.destroy();
    account.world.signal.changed();
  }

  faults.onCut = () => {
    for (const [socket, api] of [...open]) fail(socket, api);
  };

  const server = createServer({ keepAlive: false }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      unknown.push(String((error as Error).stack));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, unknown, calls, close: () => closed(server) };
}

async function readCall(api: string, query: URLSearchParams, request: IncomingMessage, account: Account): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const json = request.headers['content-type']?.includes('json') && body.length > 0 ? JSON.parse(body.toString()) : undefined;
  const sid = json?.BaseRequest?.Sid ?? query.get('sid') ?? /wxsid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  return { api, query, headers: request.headers, body, json, session: account.session?.sid === sid ? account.session : undefined };
}

function write(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  const bytes = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
  // The real server says that its JSON is plain text, too.
  response.writeHead(status, { 'content-type': 'text/plain', ...headers, connection: 'close' }).end(bytes);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
