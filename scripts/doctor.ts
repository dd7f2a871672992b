// `npm run doctor`: the doctor's report on the command line. It asks the web process, which has the settings and receives
// the workers' reports; if that does not run, it says so and checks what it can.
import { connect } from 'node:tls';
import { InvalidArgumentError } from 'commander';
import { asHttp, joinUrl, nearHost, parseUrl } from '@/lib/core/addresses';
import { isConfigError, parseConfig } from '@/lib/core/config';
import { fetchFailure } from '@/lib/core/failure-cause';
import { englishDuration } from '@/lib/core/figures';
import { type Finding, type Report, report, worst } from '@/lib/core/finding';
import { proxyVariable } from '@/lib/core/outbound-proxy';
import { envFileChecks } from '@/lib/doctor/checks/env-files';
import { translator } from '@/lib/messages/messages';
import { API_HELP, program, run, text } from '@/scripts/lib/command-line';
import {
  completeEnv,
  type Env,
  livekitPort,
  loadEnv,
  USUAL_PORTS,
  usesLocalSpeech,
} from '@/scripts/lib/environment';
import { localKeys } from '@/scripts/lib/local-data';
import { bold, dim, green, printable, red, step, yellow } from '@/scripts/lib/terminal';
import { askWeb, readAnswer, webAddress } from '@/scripts/lib/web-api';

/** Milliseconds for a whole report: two simultaneous test calls without an agent take a minute. */
const WHOLE_MS = 120_000;
/** Milliseconds for a connection or a response. */
const ANSWER_MS = 5_000;
/** Minimum remaining validity of a certificate in days: renewal begins at 30. */
const DAYS_LEFT = 14;
const DAY_MS = 86_400_000;

/** Makes the findings of a check. */
const finding =
  (id: string, title: string, matters: string, todo: string) =>
  (state: Finding['state'], seen: string): Finding => ({
    id,
    title,
    state,
    seen,
    matters,
    todo: state === 'ok' ? '' : todo,
  });

/** When the certificate expires. @throws if there is no trusted one */
function certificateEnd({ hostname, port }: URL): Promise<Date> {
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

async function tls(url: URL): Promise<Finding> {
  const say = finding(
    'production:tls',
    'TLS',
    'Browsers allow the microphone only on pages with TLS.',
    'Put a proxy with a certificate in front of the web processes, for example deploy/Caddyfile.',
  );
  if (url.protocol !== 'https:') return say('fail', `${url.origin} is not encrypted.`);
  try {
    const end = await certificateEnd(url);
    const days = Math.floor((end.getTime() - Date.now()) / DAY_MS);
    const seen = `The certificate is trusted and valid for ${days} more days.`;
    return say(days < DAYS_LEFT ? 'warn' : 'ok', seen);
  } catch (error) {
    return say('fail', `No trusted certificate: ${(error as Error).message}.`);
  }
}

async function signIn(url: URL): Promise<Finding> {
  const say = finding(
    'production:sign-in',
    'Sign-in',
    'Without it, anybody who finds the URL can read and end every call.',
    'Require sign-in for everything but the call itself, or let a proxy do it.',
  );
  try {
    const { status } = await fetch(joinUrl(url, 'api/calls'), {
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const refused = [301, 302, 303, 307, 308, 401, 403].includes(status);
    if (refused) return say('ok', `Unauthenticated requests for calls are refused (${status}).`);
    if (status === 200) return say('fail', 'Anybody can read all calls.');
    return say('unknown', `The response to an unauthenticated request for calls is ${status}.`);
  } catch (error) {
    return say('unknown', `It does not answer: ${fetchFailure(error)}.`);
  }
}

/** Checks the public URL; a single finding if it is not known. */
async function examineOutside(url: URL | undefined): Promise<Finding[]> {
  if (url === undefined) {
    const say = finding(
      'production:outside',
      'Seen from outside',
      'TLS and sign-in can only be checked at the public URL.',
      'Add --url https://… with the public URL.',
    );
    return [say('unknown', 'Not checked: the URL is not known.')];
  }
  return [await tls(url), await signIn(url)];
}

/** Checks a part over HTTP. */
async function part(
  id: string,
  title: string,
  url: string,
  healthy: (answer: Response) => Promise<boolean>,
  todo: string,
): Promise<Finding> {
  const say = finding(id, title, 'Calls do not work without it.', todo);
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (await healthy(answer)) return say('ok', `${url} answers.`);
    return say('fail', `${url} returns ${answer.status}, which is unexpected.`);
  } catch (error) {
    return say('fail', `${url} does not answer: ${fetchFailure(error)}.`);
  }
}

function settings(env: Env): Finding {
  const say = finding(
    'settings',
    'Settings',
    'With invalid settings no part starts.',
    'Correct them in .env; docs/configuration.md lists every setting.',
  );
  try {
    const ports = { ...USUAL_PORTS, livekit: livekitPort(env) };
    const complete = completeEnv(env, { ports, keys: localKeys(env) });
    parseConfig({ ...complete, PORT: env.PORT, SPEECH_PORT: env.SPEECH_PORT });
    return say('ok', 'All settings are valid.');
  } catch (error) {
    const problems = isConfigError(error) ? error.problems : [(error as Error).message];
    return say('fail', `${problems.join('; ')}.`);
  }
}

/**
 * Checks what can be checked without the web process.
 * @param why why it could not be asked, as a message
 */
async function examineAlone(env: Env, why: string): Promise<Report> {
  const began = performance.now();
  const near = nearHost(env.HOST);
  const server =
    (env.LIVEKIT_URL && asHttp(env.LIVEKIT_URL.trim())) ||
    `http://${near}:${env.LIVEKIT_PORT || USUAL_PORTS.livekit}`;
  const proxy = proxyVariable(server, env);
  const web = finding(
    'web',
    'Web process',
    'It serves the pages, receives the workers’ reports and stores the calls; most checks need it.',
    'Start it: npm start. Set CALLBOARD_URL if it runs elsewhere, or PORT if another program uses its port.',
  );
  const checks: (Finding | Promise<Finding>)[] = [
    web('fail', why),
    settings(env),
    ...envFileChecks('en').map(async ({ id, title, run }) => ({ id, title, ...(await run()) })),
    part(
      'server',
      'LiveKit server',
      server,
      async (answer) => answer.status === 200 && (await answer.text()).trim() === 'OK',
      proxy
        ? translator('en', 'doctor')('server.proxyTodo', { name: proxy })
        : 'Start it: npm start, or npm run livekit. Or set LIVEKIT_URL to its address.',
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

/** Formats one finding. */
function findingLines(finding: Finding, evidence: boolean): string {
  const { state, title, seen, matters, todo, ms, stages = [] } = finding;
  const indent = ' '.repeat(11);
  const steps = stages
    .map(({ name, ms: at }) => `${printable(name)} ${englishDuration(at)}`)
    .join(' · ');
  const lines = [
    `${MARKS[state]}  ${bold(printable(title))}${ms === undefined ? '' : dim(`  ${englishDuration(ms)}`)}`,
    `${indent}${printable(seen)}`,
  ];
  if (steps) lines.push(`${indent}${dim(steps)}`);
  if (state !== 'ok') {
    if (matters) lines.push(`${indent}${dim(printable(matters))}`);
    if (todo) lines.push(`${indent}${bold('→')} ${printable(todo)}`);
  }
  if (evidence)
    for (const one of finding.evidence ?? []) lines.push(`${indent}${dim(printable(one))}`);
  return lines.join('\n');
}

/** A summary in one line. */
function summary({ state, ms, findings }: Report): string {
  const count = (wanted: Finding['state']) => findings.filter((one) => one.state === wanted).length;
  const words = { fail: 'broken', warn: 'warnings', unknown: 'unknown', ok: 'well' } as const;
  const said = (['fail', 'warn', 'unknown', 'ok'] as const)
    .flatMap((each) => (count(each) > 0 ? [`${count(each)} ${words[each]}`] : []))
    .join(', ');
  const color = { ok: green, warn: yellow, fail: red, unknown: dim }[state];
  return `\n${color(said)}${dim(` in ${englishDuration(ms)}`)}`;
}

interface Options {
  readonly room?: string;
  readonly agent?: string;
  readonly production?: boolean;
  readonly url?: URL;
  readonly json?: boolean;
}

/** The report of the web process. */
async function examine(base: string, { room, agent, production, url }: Options): Promise<Report> {
  const query = new URLSearchParams();
  if (production) query.set('production', '');
  else if (room !== undefined) query.set('room', room);
  else if (agent !== undefined) query.set('agent', agent);
  const path = `/api/doctor?${query}`;
  const found = readAnswer(report, await askWeb(base, { path, limitMs: WHOLE_MS }));
  if (!production) return found;
  const findings = [...found.findings, ...(await examineOutside(url))];
  return { ...found, findings, state: worst(findings) };
}

/** Whether the evidence is shown too. */
const isAboutOne = ({ room, agent }: Options) => (room ?? agent) !== undefined;

async function main(options: Options): Promise<void> {
  const env = loadEnv();
  const examined = examine(webAddress(env), options).catch((error: Error) => {
    // What else works says nothing about one agent.
    if (options.agent !== undefined) throw error;
    return examineAlone(env, error.message);
  });
  if (!options.json) {
    await step('Examining', async () => {
      await examined;
    });
  }
  const found = await examined;
  const lines = options.json
    ? [JSON.stringify(found, null, 2)]
    : [...found.findings.map((one) => findingLines(one, isAboutOne(options))), summary(found)];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = found.state === 'fail' ? 1 : 0;
}

function publicUrl(value: string): URL {
  const url = parseUrl(value);
  if (url) return url;
  throw new InvalidArgumentError('It must be a URL such as https://callboard.example.com.');
}

const DESCRIPTION =
  'Checks every part for real: the LiveKit server, its keys, clock and webhooks, the database, the ports, speech, every ' +
  'model, and each agent with a test call.';

await run(
  program('doctor', DESCRIPTION)
    .option('--room <NAME>', 'explain why no agent joined this room', text)
    .option(
      '--agent <NAME>',
      'make test calls to this agent only, on each of its deployments',
      text,
    )
    .option('--production', 'check a deployment that others can reach, instead')
    .option(
      '--url <URL>',
      'with --production: its public URL, which is then checked too',
      publicUrl,
    )
    .option('--json', "print the API's response unchanged, for scripts")
    .addHelpText(
      'after',
      `
Exit code 0: nothing is broken. 1: something is broken. 2: invalid arguments.${API_HELP}In scripts: npm run --silent doctor -- --json`,
    )
    .action(main),
);
