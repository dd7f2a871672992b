// As whom agents that remember their callers know one, from call to call: by their account, else by a cookie
// that this server signed. Neither can be claimed by another caller, nor is it an attribute that others in the
// room see: it travels in the metadata of the dispatch. Who has neither, the worker knows by their identity.

import type { Visitor } from '@/lib/auth/rights';
import type { Config } from '@/lib/core/config';
import { unguessable } from '@/lib/core/ids';
import { isSame, signatureOf } from '@/lib/core/signature';
import type { TokenRequest } from '@/lib/livekit/token-request';
import { metadataObject } from './metadata';
import { readSigned, type Signing, writeSigned } from './signed-metadata';

const FIELD = 'callboardCaller';
const COOKIE = 'callboard-caller';
/** Seconds for which a browser keeps it: the most that browsers allow, 400 days (RFC 6265bis, 5.5). */
const COOKIE_SECONDS = 400 * 24 * 3_600;

/** A caller, and the `Set-Cookie` by which their browser is known again. */
export interface KnownCaller {
  readonly id: string;
  readonly cookie?: string;
}

const sign = (id: string, secret: string): string =>
  `${id}.${signatureOf('callboard caller cookie', id, secret)}`;

/** The browser's id in the cookie; undefined where there is none, or this server did not sign it. */
function readCookie({ headers }: Request, secret: string): string | undefined {
  const cookies = (headers.get('cookie') ?? '').split(/;\s*/);
  const value = cookies.find((one) => one.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  const id = value?.split('.')[0];
  if (!value || !id) return undefined;
  return isSame(value, sign(id, secret)) ? id : undefined;
}

/**
 * Who asks for a call. Undefined for a program: one that may name its callers' identities is believed by
 * these, and one that may not calls for many.
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
  // In a frame on another site only a partitioned cookie is kept, and only over https.
  const site = PUBLIC_URL?.startsWith('https:')
    ? 'SameSite=None; Secure; Partitioned'
    : 'SameSite=Lax';
  const where = `Path=/api/token; Max-Age=${COOKIE_SECONDS}; HttpOnly; ${site}`;
  return { id: `browser:${known}`, cookie: `${COOKIE}=${sign(known, secret)}; ${where}` };
}

/** The metadata with that caller in it, unless it is a text of the project's own. */
export const writeCaller = (id: string, signing: Signing, metadata = ''): string =>
  metadataObject(metadata) ? writeSigned(FIELD, { id }, signing, metadata) : metadata;

/** The caller in a dispatch's metadata, where they are one that the web process wrote for this room. */
export function readCaller(metadata: string, signing: Signing): string | undefined {
  const value = readSigned(FIELD, metadata, signing) as { readonly id?: unknown } | undefined;
  return typeof value?.id === 'string' ? value.id : undefined;
}

/** The metadata for another dispatch into the same room: with the caller of an earlier one, as it is signed. */
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
