// A fake of the LiveKit server's API, for tests that send thousands of requests or define who is in a room. It accepts
// everything and remembers created rooms. Real behavior is tested with the real server.
import { NO_LIVEKIT } from '@/lib/testing/calls-database';
import { serveFetch } from '@/lib/testing/serve-routes';

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
  const { url, close } = await serveFetch(async (request) => {
    const method = new URL(request.url).pathname.replace('/twirp/livekit.', '');
    asked.push(method);
    const text = await request.text();
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
    return Response.json(answers[method]?.() ?? {});
  });
  return { env: { ...NO_LIVEKIT, LIVEKIT_URL: url.replace('http', 'ws') }, people, asked, close };
}
