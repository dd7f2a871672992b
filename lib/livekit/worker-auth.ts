// Authenticates messages from workers to the web process: both have the LiveKit secret. A token is bound to one body
// of one kind and grants nothing at the LiveKit server, so a stolen one is useless.
import { createHash } from 'node:crypto';
import { AccessToken, TokenVerifier } from 'livekit-server-sdk';

/** Kinds of tokens, by the message. Join tokens and LiveKit's own tokens never have one of them. */
export const KINDS = {
  report: 'callboard-worker-report',
  events: 'callboard-worker-events',
  lifeline: 'callboard-worker-lifeline',
  agents: 'callboard-worker-agents',
  /** Not a worker but `npm start`, which checks that everything is ready and ends all rooms when it stops. */
  operator: 'callboard-operator',
} as const;
export type SignedKind = keyof typeof KINDS;

/** Lifetime of a token in seconds: time for one delivery. */
const TTL_SECONDS = 30;
/** Tolerated clock skew in seconds between this process and the signer: livekit-server allows the same. */
export const CLOCK_SECONDS = 60;

interface Signer {
  readonly LIVEKIT_API_KEY: string;
  readonly LIVEKIT_API_SECRET: string;
}

const hash = (body: string) => createHash('sha256').update(body).digest('base64');

/** The `Authorization` header for this body. */
export async function signBody(kind: SignedKind, body: string, signer: Signer): Promise<string> {
  const token = new AccessToken(signer.LIVEKIT_API_KEY, signer.LIVEKIT_API_SECRET, {
    ttl: TTL_SECONDS,
  });
  token.kind = KINDS[kind];
  token.sha256 = hash(body);
  return `Bearer ${await token.toJwt()}`;
}

/** Whether a body is the signed one. */
export type IsSignedBody = (body: string) => boolean;

/** Compares a body with the hash that its token has. */
export const isHashOf =
  (sha256: string | undefined): IsSignedBody =>
  (body) =>
    sha256 === hash(body);

/**
 * Verifies a token of {@link signBody} before the body is read, so that nobody else can send one.
 * @returns undefined if it was not made for this kind, or has expired
 */
export async function verifySigned(
  kind: SignedKind,
  authorization: string | null,
  signer: Signer,
): Promise<IsSignedBody | undefined> {
  const token = authorization?.match(/^Bearer (\S+)$/i)?.[1];
  const claims = token === undefined ? undefined : await verifiedClaims(token, signer);
  return claims?.kind === KINDS[kind] ? isHashOf(claims.sha256) : undefined;
}

/** Whether {@link signBody} made `authorization` for this kind and this exact body, and it has not expired. */
export async function isSigned(
  kind: SignedKind,
  authorization: string | null,
  body: string,
  signer: Signer,
): Promise<boolean> {
  return (await verifySigned(kind, authorization, signer))?.(body) ?? false;
}

/** The claims of a token that was signed with the LiveKit secret; undefined if it is not valid. */
export async function verifiedClaims(token: string, signer: Signer) {
  try {
    const verifier = new TokenVerifier(signer.LIVEKIT_API_KEY, signer.LIVEKIT_API_SECRET);
    return await verifier.verify(token, CLOCK_SECONDS);
  } catch {
    return undefined;
  }
}
