// The web process's HTTP API for scripts: finds the web process, and formats problem documents as one line.
import { z } from 'zod';
import { joinUrl, nearHost, parseUrl } from '@/lib/core/addresses';
import { fetchFailure } from '@/lib/core/failure-cause';
import { jsonAs, jsonIn } from '@/lib/core/json';
import { whySignIn } from '@/lib/core/sign-in-mode';
import { type Env, USUAL_PORTS } from '@/scripts/lib/environment';

/** Milliseconds for a response: LiveKit has a timeout of five seconds, and some requests need it twice. */
const ANSWER_MS = 15_000;

/** URL of the web process: CALLBOARD_URL, else from HOST and PORT. */
export function webAddress(env: Env): string {
  if (env.CALLBOARD_URL) return env.CALLBOARD_URL;
  return `http://${nearHost(env.HOST)}:${env.PORT || USUAL_PORTS.web}`;
}

/**
 * Headers that authenticate the user, where sign-in is required: an API key that was created on the Account page.
 * @throws Error if it cannot be a key
 */
export function credentials(): Record<string, string> {
  const key = process.env.CALLBOARD_API_KEY;
  // For example copied from the list of keys, which shows only the beginning.
  if (key && !/^[\x21-\x7e]+$/.test(key)) {
    throw new Error(
      'CALLBOARD_API_KEY contains characters that are not part of a key. Copy the whole key.',
    );
  }
  return key ? { authorization: `Bearer ${key}` } : {};
}

/**
 * Headers that authenticate a program of this machine to its web process, with the LiveKit secret that both have, for half a
 * minute; none if sign-in is not required.
 */
export async function operatorHeaders(env: Env): Promise<Record<string, string>> {
  const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = env;
  if (!whySignIn(env) || !LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) return {};
  // Most starts do without LiveKit's SDK, which takes long to load.
  const { signBody } = await import('@/lib/livekit/worker-auth');
  return { authorization: await signBody('operator', '', { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }) };
}

/** The members of a problem document that are shown. */
const problem = z.object({
  title: z.string(),
  detail: z.string(),
  valid: z.array(z.string()).default([]),
});

/** A problem document as one line, with the valid values. */
function problemLine({ title, detail, valid }: z.infer<typeof problem>): string {
  const unsaid = valid.some((each) => !detail.includes(each));
  return `${title}. ${detail}${unsaid ? ` Valid: ${valid.join(', ')}.` : ''}`;
}

/** A response without success as an error with a message for the user. */
export function refusal(base: string, status: number, text: string): Error {
  const data = jsonAs(problem, text);
  return new Error(
    data
      ? problemLine(data)
      : `The server at ${base} is not Callboard, or it failed with status ${status}.`,
  );
}

export interface WebRequest {
  /** GET by default. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | undefined;
  readonly path: string;
  readonly body?: unknown | undefined;
  /** Timeout in milliseconds. */
  readonly limitMs?: number | undefined;
}

/** Sends a request to the API; resolves with any response and its text. @throws Error with a message for the user */
export async function sendToWeb(
  base: string,
  { method, path, body, limitMs = ANSWER_MS }: WebRequest,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly response: Response; readonly text: string }> {
  if (!parseUrl(base)) throw new Error(`CALLBOARD_URL is not a valid URL: ${base}`);
  try {
    const response = await fetch(joinUrl(base, path), {
      ...(method && { method }),
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(limitMs),
    });
    return { response, text: await response.text() };
  } catch (cause) {
    const hint = 'Is it running (npm start)? If it runs elsewhere, set CALLBOARD_URL.';
    throw new Error(`Callboard does not answer at ${base}. ${hint} (${fetchFailure(cause)})`, {
      cause,
    });
  }
}

/**
 * Sends a request to the API; resolves to the JSON of its response, undefined if there is none.
 * @param headers defaults to {@link credentials}
 * @throws Error with a message for the user
 */
export async function askWeb(
  base: string,
  request: WebRequest,
  headers = credentials(),
): Promise<unknown> {
  const { response, text } = await sendToWeb(base, request, headers);
  const json = jsonIn(text);
  if (response.ok && (text === '' || json !== undefined)) return json;
  throw refusal(base, response.status, text);
}

/**
 * Reads a response of the API by the schema that its route shares.
 * @throws Error with a message for the user
 */
export function readAnswer<T>(schema: { parse(value: unknown): T }, answer: unknown): T {
  try {
    return schema.parse(answer);
  } catch (cause) {
    throw new Error('The response is not as expected. Is Callboard there of another version?', {
      cause,
    });
  }
}
