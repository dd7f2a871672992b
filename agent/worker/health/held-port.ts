// Reserves a free port of this machine until a server listens on it; otherwise another program
// might take it.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A reserved port. */
export interface HeldPort {
  readonly port: number;
  /** Releases it; the server must listen immediately. */
  readonly release: () => Promise<void>;
}

/** Reserves a free loopback port. */
export async function holdPort(): Promise<HeldPort> {
  // Clients that already connect are refused, as by a port without a server.
  const server = createServer((socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async release() {
      server.close();
      await once(server, 'close');
    },
  };
}
