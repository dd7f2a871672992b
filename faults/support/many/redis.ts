// The Redis that LiveKit's nodes share, kept as deploy/compose.yaml keeps it: each change is written to
// disk, so that rooms outlive the process.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Service } from './service';

/** LiveKit's hash of the node that each room is on: `NodeRoomKey` in its pkg/routing/redisrouter.go. */
const ROOM_NODES = 'room_node_map';

/** A running Redis. */
export class Redis {
  private constructor(
    readonly port: number,
    readonly service: Service,
  ) {}

  static async start(port: number, folder: string): Promise<Redis> {
    const at = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const service = new Service({
      command: 'redis-server',
      args: [...at, '--appendonly', 'yes', '--save', ''],
      answers: async () => (await ask(port, 'ping').catch(() => '')).trim() === 'PONG',
    });
    await service.run();
    return new Redis(port, service);
  }

  /** LiveKit's id of the node that each room is on, by the rooms' names. */
  async nodes(): Promise<ReadonlyMap<string, string>> {
    const lines = (await ask(this.port, 'hgetall', ROOM_NODES)).trim().split('\n');
    const pairs = lines.flatMap((name, at): [string, string][] =>
      at % 2 === 0 ? [[name, lines[at + 1] ?? '']] : [],
    );
    return new Map(pairs);
  }
}

async function ask(port: number, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('redis-cli', ['-p', String(port), ...words]);
  return stdout;
}
