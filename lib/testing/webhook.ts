// Webhooks for tests, signed like LiveKit's: a token without a scheme, bound to the body.
import { createHash, randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';

/** Path of the route. */
export const WEBHOOK_PATH = '/api/webhooks/livekit';

/** An event in LiveKit's JSON, from just now, with a unique id. */
export function webhookEvent(event: string, fields: object): Record<string, unknown> {
  return {
    event,
    id: `EV_${randomUUID()}`,
    createdAt: `${Math.floor(Date.now() / 1_000)}`,
    ...fields,
  };
}

/** Ways to forge a webhook. */
interface Forged {
  readonly secret?: string;
  /** Body sent instead of the signed one. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The signed request of an event, as LiveKit sends it. @param options `ttl`: seconds for which it is valid */
export async function webhookRequest(
  { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret }: TestLiveKitServer['env'],
  event: object,
  { ttl = 300 } = {},
) {
  const body = JSON.stringify(event);
  const token = new AccessToken(key, secret, { ttl });
  token.sha256 = createHash('sha256').update(body).digest('base64');
  const headers: Readonly<Record<string, string>> = {
    'content-type': 'application/webhook+json',
    authorization: await token.toJwt(),
  };
  return { body, headers };
}

/** Sends a webhook. */
export async function sendWebhook(
  url: string,
  env: TestLiveKitServer['env'],
  event: object,
  forged: Forged = {},
): Promise<Response> {
  const secret = forged.secret ?? env.LIVEKIT_API_SECRET;
  const signed = await webhookRequest({ ...env, LIVEKIT_API_SECRET: secret }, event);
  return fetch(url + WEBHOOK_PATH, {
    method: 'POST',
    headers: { ...signed.headers, ...forged.headers },
    body: forged.body ?? signed.body,
  });
}
