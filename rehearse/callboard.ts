// A running Callboard as a place to call: asked over HTTP, as programs are meant to ask it.
import { setTimeout as pause } from 'node:timers/promises';
import { CALL_ATTRIBUTE } from '../lib/calls/event';
import type { CallDetail } from '../lib/calls/view/one-call';
import { fromWire } from '../lib/core/snake-case';
import { placeIn, TICKET_HEADER } from '../lib/dispatch/queue/queue-status';
import { PERSON_ATTRIBUTES } from '../lib/livekit/attributes';
import { credentials } from './credentials';
import type { Granted, Place, Wanted } from './place';

/** Milliseconds that a caller waits in line. */
const LINE_MS = 60_000;
/** Milliseconds for an answer of Callboard: who ends rehearsals is not to wait for one that hangs. */
export const ANSWER_MS = 30_000;

/** A refusal in words. */
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

/** What a token says of the call it is for. */
function claimsOf(token: string): Pick<Granted, 'room' | 'call' | 'deployment'> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const { video, attributes = {} } = JSON.parse(payload);
  const deployment = attributes[PERSON_ATTRIBUTES.share];
  return { room: video.room, call: attributes[CALL_ATTRIBUTE], deployment };
}

export class Callboard implements Place {
  readonly tells = true;

  /** @param web its address */
  constructor(private readonly web: string) {}

  /** Asks the API. @throws Error in words where it does not answer */
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

  async grant({ agent, deployment, name }: Wanted, signal: AbortSignal): Promise<Granted> {
    const wanted = {
      participant_name: name,
      participant_attributes: { [PERSON_ATTRIBUTES.rehearsal]: 'yes' },
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
      const place = placeIn({ status: response.status, retryAfter, body });
      if (!place || performance.now() > deadline) throw refusal(response.status, body);
      ticket = place.ticket;
      await pause(place.askAgainMs, undefined, { signal });
    }
  }

  async detail({ call }: Granted): Promise<CallDetail | undefined> {
    if (!call) return undefined;
    const response = await this.#ask('GET', `/api/calls/${encodeURIComponent(call)}`);
    return response.ok ? fromWire<CallDetail>(await response.json()) : undefined;
  }

  async end(room: string): Promise<void> {
    await this.#ask('DELETE', `/api/rooms/${encodeURIComponent(room)}`);
  }
}
