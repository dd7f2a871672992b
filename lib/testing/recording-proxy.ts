// A proxy for tests: it records what is asked of it, and connects its clients, or refuses them with a status.
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A running proxy. */
export interface RecordingProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What was asked, oldest first: `CONNECT example.com:443`, `GET http://example.com/`. */
  readonly asked: readonly string[];
  /** User names and passwords of tunnels, as `user:password`. */
  readonly logins: readonly string[];
  close(): void;
}

/** Starts a proxy. @param status what it answers every tunnel with, instead of connecting it */
export async function startRecordingProxy(status?: number): Promise<RecordingProxy> {
  const asked: string[] = [];
  const logins: string[] = [];
  const open = new Set<Socket>();
  const record = ({ method, url }: IncomingMessage) => asked.push(`${method} ${url}`);
  const server = createServer((request, response) => {
    record(request);
    const { method = 'GET', url = '', headers } = request;
    fetch(url, { method, headers: { accept: headers.accept ?? '*/*' } })
      .then(async (answer) => {
        response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
      })
      .catch(() => response.writeHead(502).end());
  });
  server.on('connection', (socket: Socket) => {
    open.add(socket.on('error', () => {}));
    socket.once('close', () => open.delete(socket));
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    record(request);
    const [, login] = request.headers['proxy-authorization']?.split(' ') ?? [];
    if (login) logins.push(Buffer.from(login, 'base64').toString());
    if (status) return client.end(`HTTP/1.1 ${status} Refused\r\n\r\n`);
    const { hostname, port } = new URL(`tcp://${request.url}`);
    const target = connect(Number(port), hostname.replace(/^\[|\]$/g, ''), () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    open.add(target.on('error', () => client.destroy()));
    target.once('close', () => open.delete(target));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    logins,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
