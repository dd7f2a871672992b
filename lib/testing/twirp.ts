// One service of LiveKit's API for tests, where the real one cannot run. The real server answers for the other services.
import { type ClaimGrants, TokenVerifier } from 'livekit-server-sdk';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { serveFetch, type TestServer } from '@/lib/testing/serve-routes';

/** A refusal in Twirp's format. */
export const refusal = (status: number, code: string, msg: string, meta = {}): Response =>
  Response.json({ code, msg, meta }, { status });

/**
 * Serves a service, such as `livekit.SIP`.
 * @param answer answers a request with a valid token: its method, body, and granted permissions
 */
export function serveTwirp(
  { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: TestLiveKitServer['env'],
  service: string,
  // biome-ignore lint/suspicious/noExplicitAny: each service knows its requests
  answer: (method: string, body: any, granted: ClaimGrants) => Response | Promise<Response>,
): Promise<TestServer> {
  const verifier = new TokenVerifier(LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  return serveFetch(async (request) => {
    const { pathname } = new URL(request.url);
    const { headers } = request;
    const body = await request.text();
    const [method = '', asked] = pathname.split('/').reverse();
    if (asked !== service) {
      const real = new URL(pathname, LIVEKIT_URL.replace('ws', 'http'));
      return fetch(real, { method: 'POST', headers, body });
    }
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? '';
    return answer(method, JSON.parse(body), await verifier.verify(token));
  });
}
