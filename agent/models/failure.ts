// How a provider's failure appears on the timeline: with the provider, the model and its message,
// but never a key.
import { APIConnectionError, type APIError, APIStatusError } from '@livekit/agents';
import { redact } from '../../lib/core/redact';

/** Characters of a provider's message to keep: some send whole pages. */
const MESSAGE_MAX = 500;

/** Receives a provider's failure; the error's message is for developers. */
export type Failed = (error: Error) => void;

/** An error that is not retried: the next model is asked instead. */
function asApiError(error: unknown, message: string): APIError {
  const options = { retryable: false };
  if (error instanceof APIStatusError) {
    return new APIStatusError({ message, options: { ...options, statusCode: error.statusCode } });
  }
  return new APIConnectionError({ message, options });
}

const messageOf = (error: unknown) => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
};

/** The failure of the provider called `name` ("gpt-4.1-mini (OpenAI)"), in words. */
export function failureOf(name: string, error: unknown): APIError {
  // OpenAI begins its messages with the status itself.
  const status = error instanceof APIStatusError && error.statusCode > 0 ? error.statusCode : '';
  const text = messageOf(error);
  const words = text.startsWith(`${status}`) ? text : `${status} ${text}`;
  return asApiError(error, redact(`${name} failed: ${words}`).slice(0, MESSAGE_MAX));
}
