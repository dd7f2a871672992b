// A fake of the LiveKit server's API, for tests that send thousands of requests or define who is in a room. It accepts
// everything and remembers created rooms. Real behavior is tested with the real server.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NO_LIVEKIT } from '@/lib/testing/calls-database';

/** A participant in the format of LiveKit's API. */
interface Person {
  readonly identity: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A running fake. */
export interface LiveKitStandIn {
  /** Its settings. */
  readonly env: typeof NO_LIVEKIT;
  /** Participants by room. */
  readonly people: Map<string, readonly Person[]>;
  /** Called methods, such as `RoomService/CreateRoom`. */
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
