// A free port of this machine that is kept until a server listens on it: one that was only looked for may be
// somebody else's by then.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A port that is kept. */
export interface HeldPort {
  readonly port: number;
  /** Gives it up: whoever it was kept for listens at once. */
  readonly release: () => Promise<void>;
}

/** Keeps a free port of the loopback. */
export async function holdPort(): Promise<HeldPort> {
  // Whoever asks already is told, as by a port without a server, that nobody is there yet.
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
