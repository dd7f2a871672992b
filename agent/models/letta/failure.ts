// Letta's failures as the framework's error types, so that the fallback takes over and the timeline
// shows the reason.
import { APIConnectionError, APIError, APIStatusError, APITimeoutError } from '@livekit/agents';
import { z } from 'zod';
import { redact } from '../../../lib/core/redact';

/** The official client's error when Letta responded; without a response there is no status. */
const answered = z.object({ status: z.int() });

/** Letta's message in an error's body. */
const detailed = z.object({ error: z.object({ detail: z.string() }) });

/** An answer that started and ended with an error; it has no status either. */
const broken = z.object({ error: z.object({ message: z.string() }) });

/** Letta ended its answer without a message to the caller. */
export const NO_WORDS = 'it said nothing';

const cause = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? cause(error.cause) : '';
  return inner ? `${error.message} ${inner}` : error.message;
};

/** Messages for statuses that would point people in the wrong direction. */
const WORDS: Readonly<Record<number, string>> = {
  401: 'Letta does not accept LETTA_API_KEY',
  404: 'Letta has no such agent',
  409: 'Letta is still busy with what was said before',
  429: 'Letta or its model takes no more requests just now',
};

/** Letta sent nothing within the timeout. */
export const tooSlow = (ms: number) =>
  new APITimeoutError({
    message: `Letta said nothing for ${ms / 1_000} s`,
    options: { retryable: false },
  });

/** Letta answered, but its answer reports a failure. */
export const toldFailure = (words: string) =>
  new APIError(redact(`Letta could not answer: ${words}`), { retryable: false });

/** Any failure of a request to Letta. Never contains the key. */
export function lettaFailure(error: unknown): APIError {
  if (error instanceof APIError) return error;
  const { data } = answered.safeParse(error);
  const detail = detailed.safeParse(error).data?.error.detail ?? cause(error);
  if (data) {
    const words = WORDS[data.status] ?? `Letta failed with status ${data.status}`;
    const options = { statusCode: data.status, retryable: false };
    return new APIStatusError({ message: redact(`${words}: ${detail}`), options });
  }
  const told = broken.safeParse(error).data?.error.message;
  if (told !== undefined) return toldFailure(told);
  return new APIConnectionError({
    message: redact(`Letta cannot be reached: ${detail}`),
    options: { retryable: false },
  });
}
