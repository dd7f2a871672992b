// The web process's HTTP API for scripts: where it is, and its problem documents as one line.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { nearHost, USUAL_PORTS } from './environment.mjs';
import { buildDir } from './paths.mjs';

/** Milliseconds for an answer: LiveKit itself may be given five seconds, and some are asked twice. */
const ANSWER_MS = 15_000;

/** Where the web process is: CALLBOARD_URL, else where the settings let it listen. */
export function webAddress(env) {
  if (env.CALLBOARD_URL) return env.CALLBOARD_URL;
  return `http://${nearHost(env.HOST || '127.0.0.1')}:${env.PORT || USUAL_PORTS.web}`;
}

/**
 * What shows the web process who asks: an API key that a person made on the page (Account), where people
 * have to sign in there.
 * @throws Error where that cannot be a key
 */
function credentials(env = process.env) {
  const key = env.CALLBOARD_API_KEY;
  // As it stands in the list of keys, which shows its beginning only.
  if (key && !/^[\x21-\x7e]+$/.test(key)) {
    throw new Error('CALLBOARD_API_KEY has characters that no key has. Copy the whole key.');
  }
  return key ? { authorization: `Bearer ${key}` } : {};
}

/** A problem document as one line, with the values that would have been right. */
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
 * Asks the API; resolves with the JSON of its answer, undefined where that has none.
 * @param request `{method, path, body, limitMs}`
 * @param headers {@link credentials}, unless others are given
 * @throws Error in words a person can act on
 */
export async function askWeb(
  base,
  { method = 'GET', path, body, limitMs = ANSWER_MS },
  headers = credentials(),
) {
  if (!URL.canParse(base)) throw new Error(`CALLBOARD_URL is not an address: ${base}`);
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
    const hint = 'Is it running (npm start)? If it is elsewhere, set CALLBOARD_URL.';
    const why = cause.cause?.code ?? cause.name;
    throw new Error(`Callboard does not answer at ${base}. ${hint} (${why})`, { cause });
  }
  if (response.ok && (text === '' || parsed(text) !== undefined)) return parsed(text);
  const problem = parsed(text);
  if (problem?.detail) throw new Error(problemLine(problem));
  throw new Error(
    `What answers at ${base} is not Callboard, or failed: status ${response.status}.`,
  );
}

const built = (name) => import(pathToFileURL(join(buildDir, 'lib', `${name}.js`)).href);

/**
 * Shows the web process that an `npm start` is its own, by the LiveKit secret that both have. Resolves, each
 * time it is called, to headers that hold for half a minute; none where nobody signs in.
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
 * Ends the rooms that are left through the web process, for at most `limitMs`: a LiveKit server that is ended
 * tells nobody how its calls ended.
 * @param operator resolves to headers that show it whose `npm start` this is
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
  // Where web or server are gone, there is nobody to end them.
  await Promise.race([end().catch(() => undefined), pause(limitMs, undefined, { ref: false })]);
}
