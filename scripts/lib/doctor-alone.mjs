// What can be examined where the web process does not run: that it does not, the settings, and whether
// anything listens on the ports the parts are looked for on, and who.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { wrongSettings } from './doctor-settings.mjs';
import { nearHost, USUAL_PORTS, usesLocalServer, usesLocalSpeech } from './environment.mjs';
import { webAddress } from './web-api.mjs';

/** Milliseconds for a connection, and for an answer. */
const CONNECT_MS = 2_000;
const ANSWER_MS = 3_000;

const run = promisify(execFile);

/** Whether something listens there. */
async function listens(host, port) {
  const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port });
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('late')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** "node (process 123)": who listens on a port of this machine, where that can be learnt. */
async function owner(port) {
  try {
    const { stdout } = await run('ss', ['-Hltnp', `sport = :${port}`]);
    const found = stdout.match(/users:\(\("([^"]+)",pid=(\d+)/);
    return found && `${found[1]} (process ${found[2]})`;
  } catch {
    return undefined;
  }
}

const finding = (id, title, state, seen, matters, todo) => ({
  id,
  title,
  state,
  seen,
  matters,
  todo,
});

/** The web process: away, or something else is in its place. */
async function web(env, why) {
  const url = new URL(URL.canParse(webAddress(env)) ? webAddress(env) : 'http://127.0.0.1:3000');
  const port = Number(url.port) || 80;
  const taken = await listens(url.hostname, port);
  const who = taken ? await owner(port) : undefined;
  const seen = taken ? `${why} ${who ?? 'Another program'} listens on port ${port}.` : why;
  const todo = taken
    ? `End ${who ?? 'the other program'}, or set PORT to another one.`
    : 'Start it: npm start. Or set CALLBOARD_URL to where it is.';
  const matters =
    'It serves the page, hears the workers and keeps the calls: the rest is examined through it.';
  return finding('web', 'Web process', 'fail', seen, matters, todo);
}

async function settings(env) {
  const problems = await wrongSettings(env);
  if (problems === undefined) {
    const seen = 'Not tried: nothing is built yet.';
    return finding('settings', 'Settings', 'unknown', seen, '', 'Run npm run setup.');
  }
  const seen = problems.length === 0 ? 'Every setting can be used.' : `${problems.join('; ')}.`;
  const state = problems.length === 0 ? 'ok' : 'fail';
  const todo = state === 'ok' ? '' : 'Correct it in .env; .env.example lists every setting.';
  return finding(
    'settings',
    'Settings',
    state,
    seen,
    'Every part refuses to start with wrong ones.',
    todo,
  );
}

/** A part that answers over HTTP. */
async function part(id, title, url, healthy, todo) {
  const matters = 'No call works without it.';
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (await healthy(answer)) return finding(id, title, 'ok', `${url} answers.`, matters, '');
    const seen = `${url} answers ${answer.status}, not as expected.`;
    return finding(id, title, 'fail', seen, matters, todo);
  } catch (error) {
    const seen = `${url} does not answer: ${error.cause?.code ?? error.message}.`;
    return finding(id, title, 'fail', seen, matters, todo);
  }
}

/**
 * What there is to say without the web process.
 * @param why why it could not be asked, in words
 */
export async function examineAlone(env, why) {
  const began = performance.now();
  const at = new Date().toISOString();
  const near = nearHost(env.HOST || '127.0.0.1');
  const server = usesLocalServer(env)
    ? `http://${near}:${env.LIVEKIT_PORT || USUAL_PORTS.livekit}`
    : env.LIVEKIT_URL.replace(/^ws/, 'http');
  const checks = [
    web(env, why),
    settings(env),
    part(
      'server',
      'LiveKit server',
      server,
      async (answer) => answer.status === 200 && (await answer.text()).trim() === 'OK',
      'Start it: npm start, or npm run livekit. Or set LIVEKIT_URL to where it is.',
    ),
  ];
  if (usesLocalSpeech(env)) {
    const health = `http://${near}:${env.SPEECH_PORT || USUAL_PORTS.speech}/health`;
    const todo = 'Start it: npm start, or npm run speech.';
    checks.push(part('speech', 'Speech server', health, async ({ ok }) => ok, todo));
  }
  const findings = await Promise.all(checks);
  return { state: 'fail', at, ms: Math.round(performance.now() - began), findings };
}
