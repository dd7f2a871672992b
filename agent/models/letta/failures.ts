// Letta's failures as the framework's error types, so that the fallback takes over and the timeline shows the reason.
import { APIConnectionError, APIError, APIStatusError, APITimeoutError } from '@livekit/agents';
import { z } from 'zod';
import { reasonOf } from '@/agent/core/reason';
import { withoutEscapes } from '@/lib/core/escapes';
import { englishDuration } from '@/lib/core/figures';
import { redact } from '@/lib/core/redact';

/** The official client's error when Letta responded; without a response there is no status. */
const answered = z.object({ status: z.int(), error: z.unknown() });

const inAnswer = z.object({
  error_type: z.string().optional(),
  message: z.string(),
  detail: z.string().nullish(),
});
/** Shape of {@link answerFailure}'s argument: an `error_message` of Letta. */
type InAnswer = z.infer<typeof inAnswer>;

/** The official client's error for such an answer; it has no status. */
const broken = z.object({ error: inAnswer });

/** The body of a response with an error status: as FastAPI has it, or as Letta's handlers of model errors have it. */
const body = z.union([
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
  z
    .object({ error: z.object({ message: z.string(), detail: z.string().nullish() }) })
    .transform(({ error }) => error.detail ?? error.message),
]);

/** Messages for statuses that would point people in the wrong direction. */
const WORDS: Readonly<Record<number, string>> = {
  // Without the name of the setting: callers see the events of their own calls. The doctor says it.
  401: 'Letta refuses the key of this server, or needs one',
  404: 'Letta has no such agent',
  409: 'Letta is still busy with what was said before',
  422: 'Letta does not understand the request',
  429: 'Letta or its model takes no more requests just now',
};

/** Failures that Letta reports in an answer with status 200, as it calls them. */
const TYPES: Readonly<Record<string, { readonly status: number; readonly words: string }>> = {
  llm_rate_limit: { status: 429, words: WORDS[429] ?? '' },
  llm_authentication: { status: 401, words: "Letta's model does not accept Letta's key" },
  llm_timeout: { status: 504, words: "Letta's model took too long" },
};

/** A text of Python's `repr` for a field: `'message': 'Too many requests.\\nTry again.'`. */
const FIELD = /['"](?:message|msg)['"]: (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;

/**
 * Letta's details in words: the messages in it, because the rest is Python's notation of the model's answer, or of the
 * request, which has what the caller said.
 */
function readable(detail: string): string {
  const found = [...detail.matchAll(FIELD)].flatMap(([, single, double]) => single ?? double ?? []);
  return withoutEscapes(found.length > 0 ? found.join('; ') : detail);
}

/** Letta sent nothing within the timeout. */
export const timeoutFailure = (ms: number): APIError =>
  new APITimeoutError({
    message: `Letta said nothing for ${englishDuration(ms)}`,
    options: { retryable: false },
  });

/** Letta answered, but its answer reports a failure. */
export function answerFailure({ error_type: type = '', message, detail }: InAnswer): APIError {
  const known = TYPES[type];
  const said = detail ? readable(detail) : message;
  if (!known) {
    const words = detail ? `${message} ${said}` : message;
    return new APIError(redact(`Letta could not answer: ${words}`), { retryable: false });
  }
  const options = { statusCode: known.status, retryable: false };
  return new APIStatusError({ message: redact(`${known.words}: ${said}`), options });
}

/** Any failure of a request to Letta. Never contains the key. */
export function lettaFailure(error: unknown): APIError {
  if (error instanceof APIError) return error;
  const { data } = answered.safeParse(error);
  if (data) {
    const detail = body.safeParse(data.error).data;
    const words = WORDS[data.status] ?? `Letta failed with status ${data.status}`;
    const options = { statusCode: data.status, retryable: false };
    const message = detail === undefined ? words : `${words}: ${readable(detail)}`;
    return new APIStatusError({ message: redact(message), options });
  }
  const reported = broken.safeParse(error).data?.error;
  if (reported) return answerFailure(reported);
  return new APIConnectionError({
    message: redact(`Letta cannot be reached: ${reasonOf(error)}`),
    options: { retryable: false },
  });
}
