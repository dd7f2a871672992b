// How the web process knows that what it is sent is a worker's: both have the LiveKit secret. The token
// is made for one body of one kind and grants nothing at the LiveKit server, so that a stolen one is
// worth nothing.
import { createHash } from 'node:crypto';
import { AccessToken, TokenVerifier } from 'livekit-server-sdk';

/** Kinds of the token, by what a worker sends. Join tokens and LiveKit's own never have one of them. */
const KINDS = {
  report: 'callboard-worker-report',
  events: 'callboard-worker-events',
  lifeline: 'callboard-worker-lifeline',
  /** Not a worker but `npm start`, which looks whether all is ready, and ends the rooms at its end. */
  operator: 'callboard-operator',
} as const;
export type SignedKind = keyof typeof KINDS;

/** Seconds a token lives: time for one delivery. */
const TTL_SECONDS = 30;
/** Seconds by which the clocks of worker and web may differ: what livekit-server allows too. */
const CLOCK_SECONDS = 60;

/** What signs: LiveKit's key and secret. */
interface Signer {
  readonly LIVEKIT_API_KEY: string;
  readonly LIVEKIT_API_SECRET: string;
}

const hash = (body: string) => createHash('sha256').update(body).digest('base64');

/** The value of `Authorization` for this body. */
export async function signBody(kind: SignedKind, body: string, signer: Signer): Promise<string> {
  const token = new AccessToken(signer.LIVEKIT_API_KEY, signer.LIVEKIT_API_SECRET, {
    ttl: TTL_SECONDS,
  });
  token.kind = KINDS[kind];
  token.sha256 = hash(body);
  return `Bearer ${await token.toJwt()}`;
}

/** Whether `authorization` was made by {@link signBody} for this kind and this very body, just now. */
export async function isSigned(
  kind: SignedKind,
  authorization: string | null,
  body: string,
  signer: Signer,
): Promise<boolean> {
  const token = authorization?.match(/^Bearer (\S+)$/i)?.[1];
  if (!token) return false;
  try {
    const verifier = new TokenVerifier(signer.LIVEKIT_API_KEY, signer.LIVEKIT_API_SECRET);
    const claims = await verifier.verify(token, CLOCK_SECONDS);
    return claims.kind === KINDS[kind] && claims.sha256 === hash(body);
  } catch {
    return false;
  }
}
