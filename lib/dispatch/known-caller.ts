// Identifies returning callers: by account, or by a cookie that this server signed. Neither can be claimed by another
// caller. Limits, shares, the history and agents that remember their callers recognize them by this id. For agents it
// is signed in the dispatch metadata; for callers without one, the worker uses their identity.

import type { Visitor } from '@/lib/auth/permissions';
import type { Config } from '@/lib/core/config';
import { cookieOf } from '@/lib/core/cookie';
import { isSame, signatureOf } from '@/lib/core/signature';
import { metadataObject } from '@/lib/dispatch/metadata';
import { readSigned, type Signing, writeSigned } from '@/lib/dispatch/signed-metadata';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { TokenRequest } from '@/lib/livekit/token-request';

/** The field of the metadata with the signed caller. */
export const CALLER_FIELD = 'callboardCaller';
const COOKIE = 'callboard-caller';
/** Seconds that a browser keeps the cookie: the most that browsers allow, 400 days (RFC 6265bis, 5.5). */
const COOKIE_SECONDS = 400 * 24 * 3_600;
/** Characters of a browser's id: 132 bits as base64url, so that nobody can guess one. */
const ID_LENGTH = 22;

/** A caller, and the `Set-Cookie` header that identifies their browser next time. */
export interface KnownCaller {
  readonly id: string;
  readonly cookie?: string;
}

const sign = (id: string, secret: string): string =>
  `${id}.${signatureOf('callboard caller cookie', id, secret)}`;

/** The browser's ID from the cookie; undefined if there is none or this server did not sign it. */
function readCookie({ headers }: Request, secret: string): string | undefined {
  const value = cookieOf(headers, COOKIE);
  const id = value?.split('.')[0];
  if (!value || !id) return undefined;
  return isSame(value, sign(id, secret)) ? id : undefined;
}

/**
 * The id of a browser without a cookie: the same for all requests with a ticket, because a share that decided again for
 * each of them would lose the caller's position in the queue.
 */
const ticketId = (ticket: string, secret: string): string =>
  `b-${signatureOf('callboard caller ticket', ticket, secret).slice(0, ID_LENGTH)}`;

/**
 * The caller who requests a call; undefined for programs. A program that may name callers identifies them by identity
 * or attribute, and one that may not calls for many people.
 * @param ticket see `ticketOf`
 */
export function knownCaller(
  request: Request,
  {
    participant_identity: identity,
    participant_attributes: attributes,
  }: Pick<TokenRequest, 'participant_identity' | 'participant_attributes'>,
  { by, account }: Pick<Visitor, 'by' | 'account'>,
  { LIVEKIT_API_SECRET: secret, PUBLIC_URL }: Pick<Config, 'LIVEKIT_API_SECRET' | 'PUBLIC_URL'>,
  ticket: string,
): KnownCaller | undefined {
  if (identity || attributes?.[PERSON_ATTRIBUTES.caller]) return undefined;
  if (by === 'session' && account !== undefined) return { id: `account:${account}` };
  if (by !== 'nobody' && by !== 'local') return undefined;
  const known = readCookie(request, secret) ?? ticketId(ticket, secret);
  // A frame on another site keeps only partitioned cookies, and only over HTTPS.
  const site = PUBLIC_URL?.startsWith('https:')
    ? 'SameSite=None; Secure; Partitioned'
    : 'SameSite=Lax';
  const where = `Path=/api/token; Max-Age=${COOKIE_SECONDS}; HttpOnly; ${site}`;
  return { id: `browser:${known}`, cookie: `${COOKIE}=${sign(known, secret)}; ${where}` };
}

/** Adds the caller to the metadata, unless it is not a JSON object. */
export const writeCaller = (id: string, signing: Signing, metadata = ''): string =>
  metadataObject(metadata) ? writeSigned(CALLER_FIELD, { id }, signing, metadata) : metadata;

/** The caller in a dispatch's metadata, if the web process signed it for this room. */
export function readCaller(metadata: string, signing: Signing): string | undefined {
  const value = readSigned(CALLER_FIELD, metadata, signing) as
    | { readonly id?: unknown }
    | undefined;
  return typeof value?.id === 'string' ? value.id : undefined;
}
