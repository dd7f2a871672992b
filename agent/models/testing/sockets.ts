// A WebSocket server on loopback for the stand-ins of this folder: accepts or refuses connections
// and passes each message on as JSON.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A connected client. */
export interface Connected {
  send(event: object): void;
  drop(): void;
}

interface Handlers<Event> {
  /** HTTP status to refuse with; undefined accepts. */
  refuses?: number | undefined;
  joined?(peer: Connected): void;
  got(peer: Connected, event: Event): void;
}

/** Starts it. @returns its address up to and including `/v1`, and the connection attempts */
export async function startSocketServer<Event>({ refuses, joined, got }: Handlers<Event>) {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient({ req: { url = '', headers } }, decide) {
      asked.push({ url, authorization: headers.authorization });
      decide(!refuses, refuses, JSON.stringify({ error: { message: 'The stand-in refuses.' } }));
    },
  });
  server.on('connection', (peer) => {
    const connected: Connected = {
      send: (event) => peer.send(JSON.stringify(event)),
      drop: () => peer.terminate(),
    };
    peer.on('message', (data) => got(connected, JSON.parse(data.toString()) as Event));
    joined?.(connected);
  });
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    async close() {
      for (const peer of server.clients) peer.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
