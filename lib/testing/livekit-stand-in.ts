// A stand-in for the LiveKit server's API, for tests that ask routes thousands of times, or that say who
// is in a room: it takes everything and remembers the rooms that are made. What LiveKit really does is
// tested with the real one.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NO_LIVEKIT } from './calls-database';

/** Who is in a room, as LiveKit's API writes it. */
interface Person {
  readonly identity: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A stand-in that was started. */
export interface LiveKitStandIn {
  /** The settings that lead to it. */
  readonly env: typeof NO_LIVEKIT;
  /** Who is in which room. */
  readonly people: Map<string, readonly Person[]>;
  /** The methods that were called, as `RoomService/CreateRoom`. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startLiveKitStandIn(): Promise<LiveKitStandIn> {
  const people = new Map<string, readonly Person[]>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const method = (request.url ?? '').replace('/twirp/livekit.', '');
    asked.push(method);
    let text = '';
    for await (const part of request) text += part;
    const body = text ? JSON.parse(text) : {};
    const names: readonly string[] = body.names ?? [...people.keys()];
    const answers: Readonly<Record<string, () => unknown>> = {
      'RoomService/ListRooms': () => ({
        rooms: names
          .filter((name) => people.has(name))
          .map((name) => ({ name, sid: `RM_${name}` })),
      }),
      'RoomService/ListParticipants': () => ({ participants: people.get(body.room) ?? [] }),
      'RoomService/CreateRoom': () => ({ name: body.name, sid: `RM_${body.name}` }),
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answers[method]?.() ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { ...NO_LIVEKIT, LIVEKIT_URL: url },
    people,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
