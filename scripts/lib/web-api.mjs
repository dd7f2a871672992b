// The web process's HTTP API for scripts: finds the web process, and formats problem documents as one line.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { nearHost, USUAL_PORTS } from './environment.mjs';
import { buildDir } from './paths.mjs';

/** Milliseconds for a response: LiveKit has a timeout of five seconds, and some requests need it twice. */
const ANSWER_MS = 15_000;

/** URL of the web process: CALLBOARD_URL, else from HOST and PORT. */
export function webAddress(env) {
  if (env.CALLBOARD_URL) return env.CALLBOARD_URL;
  return `http://${nearHost(env.HOST || '127.0.0.1')}:${env.PORT || USUAL_PORTS.web}`;
}

/**
 * Headers that authenticate the user, where sign-in is required: an API key that was created on the Account page.
 * @throws Error if it cannot be a key
 */
function credentials(env = process.env) {
  const key = env.CALLBOARD_API_KEY;
  // For example copied from the list of keys, which shows only the beginning.
  if (key && !/^[\x21-\x7e]+$/.test(key)) {
    throw new Error(
      'CALLBOARD_API_KEY contains characters that are not part of a key. Copy the whole key.',
    );
  }
  return key ? { authorization: `Bearer ${key}` } : {};
}

/** A problem document as one line, with the valid values. */
export function problemLine({ title, detail, valid = [] }) {
  const unsaid = valid.some((each) => !detail.includes(each));
  return `${title}. ${detail}${unsaid ? ` Valid: ${valid.join(', ')}.` : ''}`;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends a request to the API; resolves to the JSON of its response, undefined if there is none.
 * @param request `{method, path, body, limitMs}`
 * @param headers defaults to {@link credentials}
 * @throws Error with a message for the user
 */
export async function askWeb(
  base,
  { method = 'GET', path, body, limitMs = ANSWER_MS },
  headers = credentials(),
) {
  if (!URL.canParse(base)) throw new Error(`CALLBOARD_URL is not a valid URL: ${base}`);
  let response;
  let text;
  try {
    response = await fetch(new URL(path, base), {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(limitMs),
    });
    text = await response.text();
  } catch (cause) {
    const hint = 'Is it running (npm start)? If it runs elsewhere, set CALLBOARD_URL.';
    const why = cause.cause?.code ?? cause.name;
    throw new Error(`Callboard does not answer at ${base}. ${hint} (${why})`, { cause });
  }
  if (response.ok && (text === '' || parsed(text) !== undefined)) return parsed(text);
  const problem = parsed(text);
  if (problem?.detail) throw new Error(problemLine(problem));
  throw new Error(
    `The server at ${base} is not Callboard, or it failed with status ${response.status}.`,
  );
}

const built = (name) => import(pathToFileURL(join(buildDir, 'lib', `${name}.js`)).href);

/**
 * Authenticates an `npm start` to its own web process, with the shared LiveKit secret. Each call resolves to headers
 * that are valid for half a minute; empty if sign-in is not required.
 */
export function operatorOf(env) {
  return async () => {
    const { whySignIn } = await built('core/sign-in-mode');
    if (whySignIn(env) === undefined) return {};
    const { signBody } = await built('livekit/worker-auth');
    return { authorization: await signBody('operator', '', env) };
  };
}

/**
 * Ends the remaining rooms through the web process, within `limitMs`, because a LiveKit server that is stopped does not
 * report how its calls ended.
 * @param operator resolves to headers that authenticate this `npm start`
 */
export async function endRooms(base, limitMs, operator) {
  const end = async () => {
    const headers = await operator();
    const { rooms } = await askWeb(base, { path: '/api/rooms' }, headers);
    await Promise.all(
      rooms.map(({ name }) =>
        askWeb(base, { method: 'DELETE', path: `/api/rooms/${encodeURIComponent(name)}` }, headers),
      ),
    );
  };
  // Without web process or server there is nobody to end them.
  await Promise.race([end().catch(() => undefined), pause(limitMs, undefined, { ref: false })]);
}
