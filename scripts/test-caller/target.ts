// Where test callers call: a running Callboard by its HTTP API, or any LiveKit project by its key. The tools and outcomes
// of a project are unknown, so only audible expectations can be checked there.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import { callAnswer } from '@/lib/calls/view/answers';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { pathSegment } from '@/lib/core/path-segment';
import { queuePositionIn, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { mintToken } from '@/lib/dispatch/tokens';
import { admission } from '@/lib/livekit/admission';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import {
  credentials,
  operatorHeaders,
  refusal,
  sendToWeb,
  type WebRequest,
} from '@/scripts/lib/web-api';

/** Permission to join a call. */
export interface CallPermission {
  readonly url: string;
  readonly token: string;
  readonly room: string;
  /** ID of the call, if Callboard stores it. */
  readonly call?: string;
  /** Display name, if a rollout or a rule redirected the call to another deployment. */
  readonly deployment?: string;
  /** When the call was requested, in milliseconds since 1970. */
  readonly askedAt: number;
}

interface CallRequest {
  readonly agent: string;
  readonly deployment: string;
  readonly name: string;
}

export interface Target {
  /** @throws Error with a readable message if the agent cannot be called */
  grant(wanted: CallRequest, signal: AbortSignal): Promise<CallPermission>;
  /** The stored call; undefined until it is known, or if calls are not stored. */
  detail(granted: CallPermission): Promise<CallDetail | undefined>;
  end(room: string): Promise<void>;
  /** Whether {@link detail} ever returns a call. */
  readonly storesCalls: boolean;
}

const QUEUE_MS = 60_000;
/** Milliseconds for Callboard's response, so that a hanging server does not block the end of the simulations. */
const ANSWER_MS = 30_000;

/**
 * Sends a request to Callboard's API: with an API key, or in a program started by the page as its operator.
 * @throws Error with a readable message if it does not respond
 */
export async function askCallboard(
  web: string,
  request: WebRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly response: Response; readonly text: string }> {
  const own = process.env.CALLBOARD_API_KEY ? credentials() : await operatorHeaders(process.env);
  return sendToWeb(web, { limitMs: ANSWER_MS, ...request }, { ...own, ...headers });
}

/** All agents were busy for as long as the caller waited. */
export class QueueTimeout extends Error {}

/**
 * Requests a token, if necessary again and again with the ticket of a queue position.
 * @throws {QueueTimeout} after that; other errors with a readable message if there is no token
 */
export async function requestToken(
  web: string,
  wanted: object,
  { queueMs, signal }: { readonly queueMs: number; readonly signal?: AbortSignal },
): Promise<{ readonly url: string; readonly token: string }> {
  const deadline = performance.now() + queueMs;
  let ticket: Record<string, string> = {};
  for (;;) {
    const request = { method: 'POST', path: '/api/token', body: wanted } as const;
    const { response, text } = await askCallboard(web, request, ticket);
    const retryAfter = response.headers.get('retry-after');
    const position = queuePositionIn({ status: response.status, retryAfter, body: text });
    if (!position) {
      if (!response.ok) throw refusal(web, response.status, text);
      const { server_url: url, participant_token: token } = admission.parse(JSON.parse(text));
      return { url, token };
    }
    if (performance.now() > deadline) throw new QueueTimeout('All agents are busy.');
    ticket = { [TICKET_HEADER]: position.ticket };
    await pause(position.askAgainMs, undefined, { signal });
  }
}

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
    const askedAt = Date.now();
    const granted = await requestToken(web, wanted, { queueMs: QUEUE_MS, signal });
    return { ...granted, askedAt, ...claimsOf(granted.token) };
  },
  async detail({ call }) {
    if (!call) return undefined;
    const path = `/api/calls/${pathSegment(call)}`;
    const { response, text } = await askCallboard(web, { path });
    return response.ok ? callAnswer.parse(JSON.parse(text)) : undefined;
  },
  async end(room) {
    await askCallboard(web, { method: 'DELETE', path: `/api/rooms/${pathSegment(room)}` });
  },
});

/**
 * Milliseconds for which an ended room is checked, and between two checks: an agent that was joining, or that takes the
 * end for a lost connection, creates the room again by joining (measured: within 200).
 */
const AFTER_MS = 2_000;
const CHECK_MS = 250;

/** Any LiveKit project: tokens are signed here with its key, and contain the dispatch. @param url `wss://…` */
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
