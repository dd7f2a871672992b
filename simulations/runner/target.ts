// Where test callers call: a running Callboard by its HTTP API, or any LiveKit project by its key. The tools and outcomes
// of a project are unknown, so only audible expectations can be checked there.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { whySignIn } from '@/lib/core/sign-in-mode';
import { fromWire } from '@/lib/core/snake-case';
import { queuePositionIn, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { mintToken } from '@/lib/dispatch/tokens';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { signBody } from '@/lib/livekit/worker-auth';

/** Permission to join a call. */
export interface CallPermission {
  readonly url: string;
  readonly token: string;
  readonly room: string;
  /** ID of the call, if Callboard stores it. */
  readonly call?: string;
  /** As shown, if a rollout or a rule redirected the call to another deployment. */
  readonly deployment?: string;
  /** When the call was requested, in milliseconds since 1970. */
  readonly askedAt: number;
}

/** The agent and the caller. */
interface CallRequest {
  readonly agent: string;
  /** As shown. */
  readonly deployment: string;
  /** Display name of the caller. */
  readonly name: string;
}

export interface Target {
  /** @throws Error with a readable message if the agent cannot be called */
  grant(wanted: CallRequest, signal: AbortSignal): Promise<CallPermission>;
  /** The stored call; undefined until it is known, or if calls are not stored. */
  detail(granted: CallPermission): Promise<CallDetail | undefined>;
  /** Ends a room for everyone. */
  end(room: string): Promise<void>;
  /** Whether {@link detail} ever returns a call. */
  readonly storesCalls: boolean;
}

/** Milliseconds that a caller waits in the queue. */
const QUEUE_MS = 60_000;
/** Milliseconds for Callboard's response, so that a hanging server does not block the end of the simulations. */
const ANSWER_MS = 30_000;

/**
 * Authenticates to the web process if people have to sign in: with an API key, or in a program started by the page with
 * the LiveKit secret that both have. The headers are valid for half a minute.
 */
async function credentials(): Promise<Record<string, string>> {
  const { CALLBOARD_API_KEY, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = process.env;
  if (CALLBOARD_API_KEY) return { authorization: `Bearer ${CALLBOARD_API_KEY}` };
  if (!whySignIn(process.env) || !LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) return {};
  return { authorization: await signBody('operator', '', { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }) };
}

/** Sends a request to Callboard's API. @throws Error with a readable message if it does not respond */
export async function askCallboard(
  web: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  try {
    return await fetch(new URL(path, web), {
      method,
      headers: {
        ...(await credentials()),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  } catch (cause) {
    const hint = 'Is it running (npm start)? If it is elsewhere, set CALLBOARD_URL.';
    throw new Error(`Callboard does not answer at ${web}. ${hint}`, { cause });
  }
}

/** A refusal as text. */
function refusal(status: number, body: string): Error {
  try {
    const { title, detail } = JSON.parse(body);
    if (detail) return new Error(`${title}. ${detail}`);
  } catch {
    // No problem document: of a proxy in between.
  }
  return new Error(`Status ${status}.`);
}

/** The call's ID in a token. */
function claimsOf(token: string): Pick<CallPermission, 'room' | 'call' | 'deployment'> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const { video, attributes = {} } = JSON.parse(payload);
  const deployment = attributes[PERSON_ATTRIBUTES.share];
  return { room: video.room, call: attributes[CALL_ATTRIBUTE], deployment };
}

/** A running Callboard. @param web its address */
export const callboard = (web: string): Target => ({
  storesCalls: true,
  async grant({ agent, deployment, name }, signal) {
    const wanted = {
      participant_name: name,
      participant_attributes: { [PERSON_ATTRIBUTES.simulation]: 'yes' },
      room_config: { agents: [{ agent_name: agent, deployment }] },
    };
    const deadline = performance.now() + QUEUE_MS;
    const askedAt = Date.now();
    let ticket: Record<string, string> = {};
    for (;;) {
      const response = await askCallboard(web, 'POST', '/api/token', wanted, ticket);
      const body = await response.text();
      if (response.ok) {
        const { server_url: url, participant_token: token } = JSON.parse(body);
        return { url, token, askedAt, ...claimsOf(token) };
      }
      const retryAfter = response.headers.get('retry-after');
      const position = queuePositionIn({ status: response.status, retryAfter, body });
      if (!position || performance.now() > deadline) throw refusal(response.status, body);
      ticket = { [TICKET_HEADER]: position.ticket };
      await pause(position.askAgainMs, undefined, { signal });
    }
  },
  async detail({ call }) {
    if (!call) return undefined;
    const response = await askCallboard(web, 'GET', `/api/calls/${encodeURIComponent(call)}`);
    return response.ok ? fromWire<CallDetail>(await response.json()) : undefined;
  },
  async end(room) {
    await askCallboard(web, 'DELETE', `/api/rooms/${encodeURIComponent(room)}`);
  },
});

/**
 * Milliseconds for which an ended room is checked, and between two checks: an agent that was joining, or that takes the
 * end for a lost connection, creates the room again by joining (measured: within 200).
 */
const AFTER_MS = 2_000;
const CHECK_MS = 250;

/**
 * Any LiveKit project: tokens are signed here with its key, and contain the dispatch.
 * @param url `wss://…`
 */
export function liveKitProject(url: string, key: string, secret: string): Target {
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret);
  return {
    storesCalls: false,
    async grant({ agent, deployment, name }) {
      const room = `simulation-${randomUUID()}`;
      const plan = {
        room,
        identity: `caller-${randomUUID()}`,
        name,
        attributes: {},
        agent: { name: agent, deployment, metadata: '' },
      };
      return { url, token: await mintToken(plan, key, secret), room, askedAt: Date.now() };
    },
    detail: async () => undefined,
    async end(room) {
      await rooms.deleteRoom(room);
      const deadline = performance.now() + AFTER_MS;
      while (performance.now() < deadline) {
        await pause(CHECK_MS);
        if ((await rooms.listRooms([room])).length > 0) await rooms.deleteRoom(room);
      }
    },
  };
}
