// Distinguishes callers for the limits: by the account that signed in, which cannot be forged, or by the ID that a
// browser or program gives.
import type { Visitor } from '@/lib/auth/permissions';
import { callerKey, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { TokenRequest } from '@/lib/livekit/token-request';

/** The identity of a caller. */
export type CallerIdentity =
  | { readonly account: string }
  /** ID of their browser, or the identity that a program gives each caller. */
  | { readonly caller: string };

/** The caller of a request; undefined for a program that names none because it calls for many people. */
export function callerIdentity(
  asked: Pick<TokenRequest, 'participant_attributes' | 'participant_identity'>,
  { by, account }: Pick<Visitor, 'by' | 'account'>,
): CallerIdentity | undefined {
  if (by === 'session' && account !== undefined) return { account };
  const caller = callerKey(asked.participant_identity ?? '', asked.participant_attributes ?? {});
  return caller ? { caller } : undefined;
}

/** The caller that a participant is, if they may be in only one call at a time. */
export function limitedCaller(
  identity: string,
  attributes: Readonly<Record<string, string>>,
): CallerIdentity | undefined {
  const { [PERSON_ATTRIBUTES.oneCall]: by, [PERSON_ATTRIBUTES.account]: account } = attributes;
  if (by === 'account' && account) return { account };
  return by === 'caller' ? { caller: callerKey(identity, attributes) } : undefined;
}

/** Whether a participant is that caller. */
export function isSameCaller(
  who: CallerIdentity,
  {
    identity,
    attributes,
  }: { readonly identity: string; readonly attributes: Readonly<Record<string, string>> },
): boolean {
  if ('account' in who) return attributes[PERSON_ATTRIBUTES.account] === who.account;
  return callerKey(identity, attributes) === who.caller;
}
