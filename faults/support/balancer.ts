// What stands in front of several web processes: hands each connection to the next of them, and to
// another where one does not answer.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A running balancer. */
export interface Balancer {
  /** Its address, without a slash at the end. */
  readonly url: string;
  close(): void;
}

/** Begins on a free port of loopback; `ports` are those of the web processes. */
export async function balance(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket)).on('error', () => socket.destroy());
  };

  function join(from: Socket, tries: number): void {
    const port = ports[turn++ % ports.length] as number;
    const to = connect(port, '127.0.0.1');
    keep(to);
    to.once('error', () => (tries > 1 ? join(from, tries - 1) : from.destroy()));
    to.once('connect', () => {
      from.pipe(to).pipe(from);
      from.once('close', () => to.destroy());
      to.once('close', () => from.destroy());
    });
  }

  const server = createServer((from) => {
    keep(from);
    join(from, ports.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
