import { WebSocket } from 'ws';

/** A connection as far as it concerns us. */
export interface Socket {
  /** @returns false when it is not open: surely nothing was sent */
  send(text: string): boolean;
  /** Ends it at once. */
  close(): void;
}

/** What is heard of a connection. After `closed` nothing more is. */
export interface SocketEvents {
  opened(): void;
  heard(text: string): void;
  closed(): void;
}

export type OpenSocket = (url: string, events: SocketEvents) => Socket;

const patienceMs = 15_000;
/** What is larger ends the connection: nothing that the service sends comes near it. In bytes. */
const largestMessage = 4_000_000;

/** A WebSocket, outgoing: the office's computer needs no address of its own. */
export const openWebSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url, { handshakeTimeout: patienceMs, maxPayload: largestMessage, perMessageDeflate: false });
  socket.on('open', () => events.opened());
  socket.on('message', (data, isBinary) => events.heard(isBinary ? '' : data.toString()));
  socket.on('close', () => events.closed());
  // What went wrong is followed by `close`.
  socket.on('error', () => undefined);
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text, () => undefined);
      return true;
    },
    close: () => socket.terminate(),
  };
};

/** Whether a connection can be opened at all. Nothing is said on it: whoever uses the robot stays connected. */
export function canOpen(url: string, open: OpenSocket = openWebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = open(url, {
      opened() {
        resolve(true);
        socket.close();
      },
      heard: () => undefined,
      closed: () => resolve(false),
    });
  });
}
