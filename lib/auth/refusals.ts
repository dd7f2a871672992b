// The two ways in which a request is refused for who sends it.
import { Problem } from '@/lib/core/problem';

/** 401: signing in, or an API key, would help. */
export const signInNeeded = () =>
  new Problem('sign-in-needed', 'Sign in, or send an API key as Authorization: Bearer.');

/** 403: whoever asks is known and may not. */
export const notPermitted = (detail: string) => new Problem('not-permitted', detail);
