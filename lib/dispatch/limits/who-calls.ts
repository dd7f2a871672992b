// Who calls, as the limits tell one caller from another: by the account that signed in, which nobody can
// make up, else by what a browser or a program says of itself.
import type { Visitor } from '@/lib/auth/rights';
import { callerKey, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { TokenRequest } from '@/lib/livekit/token-request';

/** One caller among others. */
export type WhoCalls =
  | { readonly account: string }
  /** Id of their browser, or the identity that a program gives each of its callers. */
  | { readonly caller: string };

/** Who asks for a call; undefined for a program that does not say for whom: it calls for many. */
export function whoCalls(
  asked: Pick<TokenRequest, 'participant_attributes' | 'participant_identity'>,
  { by, account }: Pick<Visitor, 'by' | 'account'>,
): WhoCalls | undefined {
  if (by === 'session' && account !== undefined) return { account };
  const caller = callerKey(asked.participant_identity ?? '', asked.participant_attributes ?? {});
  return caller ? { caller } : undefined;
}

/** Who a participant is, where they may be in one call at a time. */
export function oneCallOf(
  identity: string,
  attributes: Readonly<Record<string, string>>,
): WhoCalls | undefined {
  const { [PERSON_ATTRIBUTES.oneCall]: by, [PERSON_ATTRIBUTES.account]: account } = attributes;
  if (by === 'account' && account) return { account };
  return by === 'caller' ? { caller: callerKey(identity, attributes) } : undefined;
}

/** Whether a participant is that caller. */
export function isWho(
  who: WhoCalls,
  {
    identity,
    attributes,
  }: { readonly identity: string; readonly attributes: Readonly<Record<string, string>> },
): boolean {
  if ('account' in who) return attributes[PERSON_ATTRIBUTES.account] === who.account;
  return callerKey(identity, attributes) === who.caller;
}
