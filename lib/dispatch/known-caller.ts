// Identifies returning callers to agents that remember them: by account, or by a cookie that this server signed.
// Neither can be claimed by another caller, and nobody in the room sees it: it travels in the dispatch metadata.
// For callers with neither, the worker uses their identity.

import type { Visitor } from '@/lib/auth/permissions';
import type { Config } from '@/lib/core/config';
import { unguessable } from '@/lib/core/ids';
import { isSame, signatureOf } from '@/lib/core/signature';
import type { TokenRequest } from '@/lib/livekit/token-request';
import { metadataObject } from './metadata';
import { readSigned, type Signing, writeSigned } from './signed-metadata';

const FIELD = 'callboardCaller';
const COOKIE = 'callboard-caller';
/** Seconds that a browser keeps the cookie: the most that browsers allow, 400 days (RFC 6265bis, 5.5). */
const COOKIE_SECONDS = 400 * 24 * 3_600;

/** A caller, and the `Set-Cookie` header that identifies their browser next time. */
export interface KnownCaller {
  readonly id: string;
  readonly cookie?: string;
}

const sign = (id: string, secret: string): string =>
  `${id}.${signatureOf('callboard caller cookie', id, secret)}`;

/** The browser's ID from the cookie; undefined if there is none or this server did not sign it. */
function readCookie({ headers }: Request, secret: string): string | undefined {
  const cookies = (headers.get('cookie') ?? '').split(/;\s*/);
  const value = cookies.find((one) => one.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  const id = value?.split('.')[0];
  if (!value || !id) return undefined;
  return isSame(value, sign(id, secret)) ? id : undefined;
}

/**
 * The caller who requests a call; undefined for programs. A program that may name identities identifies its
 * callers by them, and one that may not calls for many people.
 */
export function knownCaller(
  request: Request,
  { participant_identity: identity }: Pick<TokenRequest, 'participant_identity'>,
  { by, account }: Pick<Visitor, 'by' | 'account'>,
  { LIVEKIT_API_SECRET: secret, PUBLIC_URL }: Pick<Config, 'LIVEKIT_API_SECRET' | 'PUBLIC_URL'>,
): KnownCaller | undefined {
  if (identity) return undefined;
  if (by === 'session' && account !== undefined) return { id: `account:${account}` };
  if (by !== 'nobody' && by !== 'local') return undefined;
  const known = readCookie(request, secret) ?? unguessable('b');
  // A frame on another site keeps only partitioned cookies, and only over HTTPS.
  const site = PUBLIC_URL?.startsWith('https:')
    ? 'SameSite=None; Secure; Partitioned'
    : 'SameSite=Lax';
  const where = `Path=/api/token; Max-Age=${COOKIE_SECONDS}; HttpOnly; ${site}`;
  return { id: `browser:${known}`, cookie: `${COOKIE}=${sign(known, secret)}; ${where}` };
}

/** Adds the caller to the metadata, unless it is not a JSON object. */
export const writeCaller = (id: string, signing: Signing, metadata = ''): string =>
  metadataObject(metadata) ? writeSigned(FIELD, { id }, signing, metadata) : metadata;

/** The caller in a dispatch's metadata, if the web process signed it for this room. */
export function readCaller(metadata: string, signing: Signing): string | undefined {
  const value = readSigned(FIELD, metadata, signing) as { readonly id?: unknown } | undefined;
  return typeof value?.id === 'string' ? value.id : undefined;
}

/** Metadata for another dispatch into the same room, with the signed caller of an earlier one. */
export function keepCaller(
  metadata: string,
  earlier: readonly { readonly metadata: string }[],
): string {
  const before = metadataObject(metadata);
  if (!before || FIELD in before) return metadata;
  const fields = earlier.map((one): { [FIELD]?: unknown } => ({ ...metadataObject(one.metadata) }));
  const kept = fields.find((one) => one[FIELD] !== undefined);
  return kept ? JSON.stringify({ ...before, [FIELD]: kept[FIELD] }) : metadata;
}
