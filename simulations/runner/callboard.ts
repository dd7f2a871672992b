// Calls through a running Callboard, by its HTTP API like any other program.
import { setTimeout as pause } from 'node:timers/promises';
import { CALL_ATTRIBUTE } from '../../lib/calls/event';
import type { CallDetail } from '../../lib/calls/view/one-call';
import { fromWire } from '../../lib/core/snake-case';
import { queuePositionIn, TICKET_HEADER } from '../../lib/dispatch/queue/queue-status';
import { PERSON_ATTRIBUTES } from '../../lib/livekit/attributes';
import { credentials } from './credentials';
import type { CallPermission, CallRequest, Place } from './target';

/** Milliseconds that a caller waits in the queue. */
const LINE_MS = 60_000;
/** Milliseconds for Callboard's response, so that a hanging server does not block the end of the simulations. */
export const ANSWER_MS = 30_000;

/** A refusal as text. */
function refusal(status: number, body: string): Error {
  const told = (() => {
    try {
      return JSON.parse(body) as { title?: string; detail?: string };
    } catch {
      return {};
    }
  })();
  return new Error(told.detail ? `${told.title}. ${told.detail}` : `Status ${status}.`);
}

/** The call's ID in a token. */
function claimsOf(token: string): Pick<CallPermission, 'room' | 'call' | 'deployment'> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const { video, attributes = {} } = JSON.parse(payload);
  const deployment = attributes[PERSON_ATTRIBUTES.share];
  return { room: video.room, call: attributes[CALL_ATTRIBUTE], deployment };
}

export class Callboard implements Place {
  readonly tells = true;

  /** @param web its address */
  constructor(private readonly web: string) {}

  /** Sends a request to the API. @throws Error with a readable message if it does not respond */
  async #ask(method: string, path: string, body?: unknown, ticket = ''): Promise<Response> {
    try {
      return await fetch(new URL(path, this.web), {
        method,
        headers: {
          ...(await credentials()),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(ticket && { [TICKET_HEADER]: ticket }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
    } catch (cause) {
      const hint = 'Is it running (npm start)? If it is elsewhere, set CALLBOARD_URL.';
      throw new Error(`Callboard does not answer at ${this.web}. ${hint}`, { cause });
    }
  }

  async grant(
    { agent, deployment, name }: CallRequest,
    signal: AbortSignal,
  ): Promise<CallPermission> {
    const wanted = {
      participant_name: name,
      participant_attributes: { [PERSON_ATTRIBUTES.simulation]: 'yes' },
      room_config: { agents: [{ agent_name: agent, deployment }] },
    };
    const deadline = performance.now() + LINE_MS;
    const askedAt = Date.now();
    let ticket = '';
    for (;;) {
      const response = await this.#ask('POST', '/api/token', wanted, ticket);
      const body = await response.text();
      if (response.ok) {
        const { server_url: url, participant_token: token } = JSON.parse(body);
        return { url, token, askedAt, ...claimsOf(token) };
      }
      const retryAfter = response.headers.get('retry-after');
      const place = queuePositionIn({ status: response.status, retryAfter, body });
      if (!place || performance.now() > deadline) throw refusal(response.status, body);
      ticket = place.ticket;
      await pause(place.askAgainMs, undefined, { signal });
    }
  }

  async detail({ call }: CallPermission): Promise<CallDetail | undefined> {
    if (!call) return undefined;
    const response = await this.#ask('GET', `/api/calls/${encodeURIComponent(call)}`);
    return response.ok ? fromWire<CallDetail>(await response.json()) : undefined;
  }

  async end(room: string): Promise<void> {
    await this.#ask('DELETE', `/api/rooms/${encodeURIComponent(room)}`);
  }
}
