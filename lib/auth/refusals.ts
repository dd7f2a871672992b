// The two problems for unauthorized requests.
import { Problem } from '@/lib/core/problem';

/** 401: signing in or an API key would help. */
export const signInNeeded = () =>
  new Problem('sign-in-needed', 'Sign in, or send an API key in the header Authorization: Bearer.');

/** 403: the visitor is known and lacks the permission. */
export const notPermitted = (detail: string) => new Problem('not-permitted', detail);
