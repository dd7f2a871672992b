// A WebSocket server on loopback for the stand-ins of this folder: accepts or refuses connections
// and passes each message on as JSON.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A connected client. */
export interface Connected {
  send(event: object): void;
  drop(): void;
}

interface Handlers<Event> {
  /** HTTP status to refuse with; undefined accepts. */
  refuses?: number | undefined;
  joined?(peer: Connected, request: IncomingMessage): void;
  got(peer: Connected, event: Event, request: IncomingMessage): void;
}

/** Starts it. @returns its address up to and including `/v1`, and the connection attempts */
export async function startSocketServer<Event>({ refuses, joined, got }: Handlers<Event>) {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const peers = new Set<WebSocket>();
  const server = createServer((_, response) => response.writeHead(404).end());
  const upgrades = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    if (refuses) {
      const body = JSON.stringify({ error: { message: 'The stand-in refuses.' } });
      socket.end(`HTTP/1.1 ${refuses} No\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      return;
    }
    upgrades.handleUpgrade(request, socket, head, (peer) => {
      peers.add(peer);
      const connected: Connected = {
        send: (event) => peer.send(JSON.stringify(event)),
        drop: () => peer.terminate(),
      };
      peer.on('message', (data) => got(connected, JSON.parse(data.toString()) as Event, request));
      joined?.(connected, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    async close() {
      for (const peer of peers) peer.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
