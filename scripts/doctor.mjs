// `npm run doctor`: the doctor's report on the command line. It asks the web process, which has the settings and receives
// the workers' reports; if that does not run, it says so and checks what it can.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import {
  completeEnv,
  loadEnv,
  nearHost,
  USUAL_PORTS,
  usesLocalServer,
  usesLocalSpeech,
} from './lib/environment.mjs';
import { localKeys } from './lib/keys.mjs';
import { buildDir } from './lib/paths.mjs';
import { bold, dim, duration, green, red, step, yellow } from './lib/terminal.mjs';
import { askWeb, webAddress } from './lib/web-api.mjs';

const USAGE = `Usage: npm run doctor -- [options]

  Checks every part for real: the LiveKit server, its keys, clock and webhooks, the database, the ports,
  speech, and each agent with a test call.

  --room NAME   explain why no agent joined this room
  --production  check a deployment that others can reach, instead
  --url URL     with --production: its public URL, which is then checked too
  --json        print the API's response unchanged, for scripts
  --help

Exit code 0: nothing is broken. 1: something is broken. 2: invalid arguments.
CALLBOARD_URL is the URL of Callboard; by default it is derived from HOST and PORT.
In scripts: npm run --silent doctor -- --json
`;

/** Milliseconds for a whole report: two simultaneous test calls without an agent take a minute. */
const WHOLE_MS = 120_000;
/** Milliseconds for a connection or a response. */
const ANSWER_MS = 5_000;
/** Minimum remaining validity of a certificate in days: renewal begins at 30. */
const DAYS_LEFT = 14;
const DAY_MS = 86_400_000;

const STATES = ['ok', 'unknown', 'warn', 'fail'];

/** The worst state of all findings (`lib/doctor/finding.ts`). */
const worstOf = (findings) =>
  STATES[Math.max(0, ...findings.map(({ state }) => STATES.indexOf(state)))];

const finding = (id, title, matters, todo) => (state, seen) => ({
  id,
  title,
  state,
  seen,
  matters,
  todo: state === 'ok' ? '' : todo,
});

/** When the certificate expires. @throws if there is no trusted one */
function certificateEnd({ hostname, port }) {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, servername: host, port: Number(port) || 443 });
    socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error('no response')));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.destroy();
    });
  });
}

async function tls(url) {
  const say = finding(
    'production:tls',
    'TLS',
    'Browsers allow the microphone only on pages with TLS.',
    'Put a proxy with a certificate in front of the web processes, for example deploy/Caddyfile.',
  );
  if (url.protocol !== 'https:') return say('fail', `${url.origin} is not encrypted.`);
  try {
    const days = Math.floor(((await certificateEnd(url)) - Date.now()) / DAY_MS);
    const seen = `The certificate is trusted and valid for ${days} more days.`;
    return say(days < DAYS_LEFT ? 'warn' : 'ok', seen);
  } catch (error) {
    return say('fail', `No trusted certificate: ${error.message}.`);
  }
}

const ask = (url, path, options = {}) =>
  fetch(new URL(path, url), {
    ...options,
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
  });

async function signIn(url) {
  const say = finding(
    'production:sign-in',
    'Sign-in',
    'Without it, anybody who finds the URL can read and end every call.',
    'Require sign-in for everything but the call itself, or let a proxy do it.',
  );
  try {
    const { status } = await ask(url, '/api/calls');
    const refused = [301, 302, 303, 307, 308, 401, 403].includes(status);
    if (refused) return say('ok', `Unauthenticated requests for calls are refused (${status}).`);
    if (status === 200) return say('fail', 'Anybody can read all calls.');
    return say('unknown', `The response to an unauthenticated request for calls is ${status}.`);
  } catch (error) {
    return say('unknown', `It does not answer: ${error.message}.`);
  }
}

/** Checks the public URL; a single finding if it is not known. */
async function examineOutside(address) {
  if (address === undefined) {
    const say = finding(
      'production:outside',
      'Seen from outside',
      'TLS and sign-in can only be checked at the public URL.',
      'Add --url https://… with the public URL.',
    );
    return [say('unknown', 'Not checked: the URL is not known.')];
  }
  const url = new URL(address);
  return [await tls(url), await signIn(url)];
}

/** Problems with the settings, one line each; undefined if nothing is built yet. */
async function wrongSettings(env) {
  const file = join(buildDir, 'lib', 'core', 'config.js');
  if (!existsSync(file)) return undefined;
  const { parseConfig } = await import(pathToFileURL(file).href);
  try {
    const ports = { ...USUAL_PORTS, livekit: Number(env.LIVEKIT_PORT) || USUAL_PORTS.livekit };
    const complete = completeEnv(env, { ports, keys: localKeys(env) });
    parseConfig({ ...complete, PORT: env.PORT, SPEECH_PORT: env.SPEECH_PORT });
    return [];
  } catch (error) {
    return error.problems ?? [error.message];
  }
}

/** Checks a part over HTTP. */
async function part(id, title, url, healthy, todo) {
  const say = finding(id, title, 'Calls do not work without it.', todo);
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (await healthy(answer)) return say('ok', `${url} answers.`);
    return say('fail', `${url} returns ${answer.status}, which is unexpected.`);
  } catch (error) {
    return say('fail', `${url} does not answer: ${error.cause?.code ?? error.message}.`);
  }
}

async function settings(env) {
  const say = finding(
    'settings',
    'Settings',
    'With invalid settings no part starts.',
    'Correct them in .env; docs/configuration.md lists every setting.',
  );
  const problems = await wrongSettings(env);
  if (problems === undefined)
    return say('unknown', 'Not checked: nothing is built yet (npm run setup).');
  if (problems.length === 0) return say('ok', 'All settings are valid.');
  return say('fail', `${problems.join('; ')}.`);
}

/**
 * Checks what can be checked without the web process.
 * @param why why it could not be asked, as a message
 */
async function examineAlone(env, why) {
  const began = performance.now();
  const near = nearHost(env.HOST || '127.0.0.1');
  const server = usesLocalServer(env)
    ? `http://${near}:${env.LIVEKIT_PORT || USUAL_PORTS.livekit}`
    : env.LIVEKIT_URL.replace(/^ws/, 'http');
  const web = finding(
    'web',
    'Web process',
    'It serves the pages, receives the workers’ reports and stores the calls; most checks need it.',
    'Start it: npm start. Set CALLBOARD_URL if it runs elsewhere, or PORT if another program uses its port.',
  );
  const checks = [
    web('fail', why),
    settings(env),
    part(
      'server',
      'LiveKit server',
      server,
      async (answer) => answer.status === 200 && (await answer.text()).trim() === 'OK',
      'Start it: npm start, or npm run livekit. Or set LIVEKIT_URL to its address.',
    ),
  ];
  if (usesLocalSpeech(env)) {
    const health = `http://127.0.0.1:${env.SPEECH_PORT || USUAL_PORTS.speech}/health`;
    const todo = 'Start it: npm start, or npm run speech.';
    checks.push(part('speech', 'Speech server', health, async ({ ok }) => ok, todo));
  }
  const findings = await Promise.all(checks);
  const at = new Date().toISOString();
  return { state: 'fail', at, ms: Math.round(performance.now() - began), findings };
}

const MARKS = {
  ok: green('✓ well   '),
  warn: yellow('! look   '),
  fail: red('✗ broken '),
  unknown: dim('? unknown'),
};

/** Removes control characters, so that untrusted text (names, errors) cannot move the cursor or change colors. */
const plain = (text) => String(text ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');

/** Formats one finding. */
function findingLines(finding, { evidence = false } = {}) {
  const { state, title, seen, matters, todo, ms, stages = [] } = finding;
  const indent = ' '.repeat(11);
  const steps = stages.map(({ name, ms: at }) => `${plain(name)} ${Math.round(at)}`).join(' · ');
  const lines = [
    `${MARKS[state] ?? MARKS.unknown}  ${bold(plain(title))}${ms === undefined ? '' : dim(`  ${Math.round(ms)} ms`)}`,
    `${indent}${plain(seen)}`,
  ];
  if (steps) lines.push(`${indent}${dim(`${steps} ms`)}`);
  if (state !== 'ok') {
    if (matters) lines.push(`${indent}${dim(plain(matters))}`);
    if (todo) lines.push(`${indent}${bold('→')} ${plain(todo)}`);
  }
  if (evidence) for (const one of finding.evidence ?? []) lines.push(`${indent}${dim(plain(one))}`);
  return lines.join('\n');
}

/** A summary in one line. */
function summary({ state, ms, findings }) {
  const count = (wanted) => findings.filter((one) => one.state === wanted).length;
  const parts = [
    [count('fail'), 'broken'],
    [count('warn'), 'warnings'],
    [count('unknown'), 'unknown'],
    [count('ok'), 'well'],
  ];
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
  const colour = { ok: green, warn: yellow, fail: red }[state] ?? dim;
  return `\n${colour(said)}${dim(` in ${duration(ms)}`)}`;
}

function asked() {
  try {
    const options = {
      room: { type: 'string' },
      production: { type: 'boolean', default: false },
      url: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    };
    const { values } = parseArgs({ options, allowPositionals: false });
    if (values.url !== undefined && !URL.canParse(values.url)) {
      throw new TypeError('--url takes a URL such as https://callboard.example.com');
    }
    if (values.room === '') throw new TypeError('--room takes the name of a room');
    return values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message.split('. ')[0]}.\n\n${USAGE}`);
    return process.exit(2);
  }
}

/** The report of the web process. */
async function examine(base, { room, production, url }) {
  const query = room === undefined ? '' : `?room=${encodeURIComponent(room)}`;
  const path = `/api/doctor${production ? '?production' : query}`;
  const report = await askWeb(base, { path, limitMs: WHOLE_MS });
  if (!production) return report;
  const findings = [...report.findings, ...(await examineOutside(url))];
  return { ...report, findings, state: worstOf(findings) };
}

const options = asked();
if (options.help) {
  process.stdout.write(`${USAGE}\n`);
} else {
  const env = await loadEnv().catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write('The packages are not installed. Run npm install first.\n');
    return process.exit(1);
  });
  const either = () =>
    examine(webAddress(env), options).catch((error) => examineAlone(env, error.message));
  let report;
  const run = async () => {
    report = await either();
  };
  await (options.json ? run() : step('Examining', run));
  const evidence = options.room !== undefined;
  const lines = options.json
    ? [JSON.stringify(report, null, 2)]
    : [...report.findings.map((one) => findingLines(one, { evidence })), summary(report)];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = report.state === 'fail' ? 1 : 0;
}
