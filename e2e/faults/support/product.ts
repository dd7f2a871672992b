// A running product from outside: over HTTP, through LiveKit's API, and by callers who join like the page.
import { vi } from 'vitest';
import { TestCaller } from '@/agent/testing/caller';
import { Call } from '@/e2e/faults/support/call';
import { POLL_MS, SOON_MS } from '@/e2e/faults/support/poll';
import type { Stack } from '@/e2e/support/stack';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import { shownDeployment } from '@/lib/core/deployment';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import type { Takeover } from '@/lib/livekit/attributes';
import { type LiveKit, liveKit } from '@/lib/livekit/clients';
import { type Answer, askRoute } from '@/lib/testing/api';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { claimsOf as claimsIn } from '@/lib/testing/participant';

/** The claims of a token that tests need. */
interface Claims {
  readonly room: string;
  readonly identity: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Id of the call. */
  readonly call: string;
  /** The deployment that it dispatches, as shown. */
  readonly deployment: string;
}

/** Reads a token's claims. */
export function claimsOf(participant_token: string): Claims {
  const { sub, video, attributes, roomConfig } = claimsIn({ participant_token });
  const deployment = shownDeployment(roomConfig?.agents?.[0]?.deployment ?? '');
  const call = attributes[CALL_ATTRIBUTE];
  return { room: video.room, identity: sub, attributes, call, deployment };
}

/** The body of a token request for an agent on a deployment (shown name). */
export const asksFor = (agent: string, deployment = 'production') => ({
  room_config: { agents: [{ agent_name: agent, deployment }] },
});

/** A running product. */
export class Product {
  readonly env: TestLiveKitServer['env'];
  readonly livekit: LiveKit;
  readonly #callers: TestCaller[] = [];

  constructor(readonly stack: Stack) {
    this.env = {
      LIVEKIT_URL: stack.livekit,
      LIVEKIT_API_KEY: stack.apiKey,
      LIVEKIT_API_SECRET: stack.apiSecret,
    };
    this.livekit = liveKit(this.env);
  }

  /** Sends a request to the HTTP API. */
  ask(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Answer> {
    return askRoute(this.stack.web + path, method, body, headers);
  }

  /**
   * The body of a successful response. LiveKit does not always respond in time on a busy machine; the request is then
   * repeated, as 503 says.
   * @throws for any other response
   */
  async #asked<T>(method: string, path: string, body: unknown): Promise<T> {
    let answer: Answer | undefined;
    await vi.waitUntil(
      async () => {
        answer = await this.ask(method, path, body);
        return answer.status !== 503;
      },
      { timeout: SOON_MS, interval: POLL_MS },
    );
    if (answer && answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
  }

  /** Requests a token as the page does, repeatedly while queued. @throws if none is issued. */
  token(agent = 'line-check', deployment = 'production'): Promise<string> {
    let ticket = '';
    const ask = async () => {
      const headers: HeadersInit = ticket ? { [TICKET_HEADER]: ticket } : {};
      const wanted = asksFor(agent, deployment);
      const { status, body } = await this.ask('POST', '/api/token', wanted, headers);
      ticket = body.ticket ?? body.queue?.ticket ?? '';
      if (status !== 201) throw new Error(`no token: ${JSON.stringify(body)}`);
      return body.participant_token;
    };
    return vi.waitFor(ask, { timeout: SOON_MS, interval: POLL_MS });
  }

  /** Requests a call and joins it. */
  async call(agent = 'line-check', deployment = 'production'): Promise<Call> {
    return this.join(await this.token(agent, deployment), agent);
  }

  /** Joins the call of a token. */
  async join(token: string, agent: string): Promise<Call> {
    const { call, ...joining } = claimsOf(token);
    const caller = await TestCaller.call(this.env, agent, joining);
    this.#callers.push(caller);
    return new Call(this, call, caller);
  }

  /** Joins a call as an invited colleague. */
  async colleague({ room }: Call, takeover: Takeover): Promise<TestCaller> {
    const url = `/api/rooms/${room}/invitations`;
    const invited = await this.#asked<{ url: string }>('POST', url, { takeover });
    const path = `/api/invitations/${invited.url.split('/').at(-1)}`;
    const joined = await this.#asked<{ participant_token: string }>('POST', path, { name: 'Ben' });
    const { participant_token: token } = joined;
    const colleague = await TestCaller.call(this.env, undefined, { token, room });
    this.#callers.push(colleague);
    return colleague;
  }

  /** All callers hang up. */
  async allHangUp(): Promise<void> {
    await Promise.all(this.#callers.splice(0).map((caller) => caller.hangUp()));
  }
}
