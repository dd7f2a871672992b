// Checks that only the visitor's browser can run: secure page, microphone, and the connections to LiveKit for
// signalling and media, with LiveKit's own `ConnectionCheck`.
import type { CheckInfo } from 'livekit-client';
import { requestMicrophone } from '@/components/audio/call-audio';
import { pageMessages } from '@/components/language/page-messages';
import {
  lacksNetwork,
  listDevices,
  microphoneBarrier,
  microphonePermission,
} from '@/components/ui/browser';
import { request, toApiError } from '@/components/ui/request';
import { micProblem } from '@/lib/call/mic-problem';
import type { CheckResult, Finding } from '@/lib/core/finding';
import type { MessagesOf } from '@/lib/core/language';
import { namesLoopback } from '@/lib/core/sign-in-mode';
import { type Admission, admission } from '@/lib/livekit/admission';
import { doctorMessages } from '@/lib/messages/doctor';
import { mainMessages } from '@/lib/messages/main';

/** The checks, in the order in which they are shown. */
const CHECKS = ['secure', 'microphone', 'socket', 'media'] as const;
type Check = (typeof CHECKS)[number];
type BrowserCheck = `browser:${Check}`;
const idOf = (check: Check): BrowserCheck => `browser:${check}`;

/** The checks with their titles. */
export const browserPlan = ({ checkTitles }: MessagesOf<typeof doctorMessages>) =>
  CHECKS.map((check) => ({ id: idOf(check), title: checkTitles[check] }));

const browserMessages = () => pageMessages(doctorMessages).doctorText.browser;

function securePage(): CheckResult {
  const { matters, ok, fail, todo } = browserMessages().secure;
  const { origin } = window.location;
  if (window.isSecureContext) return { state: 'ok', seen: ok(origin), matters, todo: '' };
  return { state: 'fail', seen: fail(origin), matters, todo };
}

/** @param mayAsk whether the browser may ask for permission: only after a click */
async function microphone(mayAsk: boolean): Promise<CheckResult> {
  const words = browserMessages();
  const { text } = pageMessages(mainMessages);
  const { matters, ...said } = words.microphone;
  const fail = (seen: string, todo: string): CheckResult => ({
    state: 'fail',
    seen,
    matters,
    todo,
  });
  const barrier = microphoneBarrier();
  if (barrier === 'insecure') {
    return fail(words.secure.fail(window.location.origin), words.secure.todo);
  }
  if (barrier) return fail(said.denied, said.withheldTodo);
  const granted = await microphonePermission();
  if (granted === 'denied') return fail(said.denied, said.deniedTodo);
  const inputs = async () => (await listDevices()).filter(({ kind }) => kind === 'audioinput');
  if ((await inputs()).length === 0) return fail(said.none, said.noneTodo);
  if (granted !== 'granted' && !mayAsk) {
    return { state: 'unknown', seen: said.ask, matters, todo: said.askTodo };
  }
  try {
    (await requestMicrophone('')).stop();
  } catch (error) {
    const problem = micProblem(error);
    if (problem === 'blocked') return fail(said.denied, said.deniedTodo);
    if (problem === 'none') return fail(said.none, said.noneTodo);
    return fail(said.failed(text.mics[problem].title), said.failedTodo);
  }
  const real = (await inputs()).filter(({ deviceId }) => deviceId !== 'default');
  return { state: 'ok', seen: said.ok(Math.max(1, real.length)), matters, todo: '' };
}

/** Timeout in milliseconds. The server itself waits up to 5 s for LiveKit. */
const TIMEOUT_MS = 10_000;

/** A token for the connection checks, or why there is none. */
async function connect(): Promise<Admission | CheckResult> {
  const words = browserMessages();
  try {
    return await request('/api/doctor/connection', {
      body: {},
      schema: admission,
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    const { noToken, noTokenTodo } = words;
    return {
      state: 'unknown',
      seen: noToken(toApiError(error).message),
      matters: words.socket.matters,
      todo: noTokenTodo,
    };
  }
}

/** Runs one of LiveKit's checks. Resolves with whether it passed, and its log. */
async function livekitCheck(to: Admission, which: 'checkWebsocket' | 'checkWebRTC') {
  const { CheckStatus, ConnectionCheck } = await import('livekit-client');
  const { status, logs }: CheckInfo = await new ConnectionCheck(
    to.server_url,
    to.participant_token,
  )[which]();
  const noted = (level: string) => logs.filter((log) => log.level === level);
  const lines = (level: string) => noted(level).map(({ message }) => message);
  return { well: status === CheckStatus.SUCCESS, info: lines('info'), errors: lines('error') };
}

async function socket(to: Admission): Promise<CheckResult> {
  const { matters, ok, fail, todo } = browserMessages().socket;
  const { well, info, errors } = await livekitCheck(to, 'checkWebsocket');
  if (well) return { state: 'ok', seen: ok(to.server_url, info[0] ?? ''), matters, todo: '' };
  return { state: 'fail', seen: fail(to.server_url, errors[0] ?? ''), matters, todo };
}

/** The transports of the candidates: "udp 127.0.0.1:50123 host" becomes UDP. */
function transportsOf(candidates: readonly string[]): string {
  const words = browserMessages();
  const protocols = candidates.map((line) => line.split(' ')[0]?.toUpperCase() ?? '');
  return [...new Set(protocols)]
    .filter((one) => one === 'UDP' || one === 'TCP')
    .join(words.media.and);
}

/** What to do without an audio connection. No port has to be opened between a browser and its own machine. */
export function mediaTodo(serverUrl: string): string {
  const { todo, nearTodo, networkTodo } = browserMessages().media;
  if (!namesLoopback(serverUrl)) return todo;
  return lacksNetwork() ? networkTodo : nearTodo;
}

async function media(to: Admission): Promise<CheckResult> {
  const words = browserMessages();
  const { matters, ok, fail } = words.media;
  const began = performance.now();
  const { well, info, errors } = await livekitCheck(to, 'checkWebRTC');
  const took = performance.now() - began;
  const relay = info.some((line) => line.includes('relay')) ? ` ${words.media.relay}` : '';
  if (!well) {
    return { state: 'fail', seen: fail(errors[0] ?? ''), matters, todo: mediaTodo(to.server_url) };
  }
  return { state: 'ok', seen: ok(transportsOf(info), took) + relay, matters, todo: '' };
}

/** Runs the checks, and calls back with each finding. */
export async function examineBrowser(
  onFinding: (finding: Finding) => void,
  { mayAsk = false, only }: { readonly mayAsk?: boolean; readonly only?: BrowserCheck } = {},
): Promise<void> {
  const to = connect();
  const reach = async (check: (to: Admission) => Promise<CheckResult>) => {
    const way = await to;
    return 'server_url' in way ? check(way) : way;
  };
  const checks: Record<BrowserCheck, () => Promise<CheckResult>> = {
    'browser:secure': async () => securePage(),
    'browser:microphone': () => microphone(mayAsk),
    'browser:socket': () => reach(socket),
    'browser:media': () => reach(media),
  };
  const texts = pageMessages(doctorMessages);
  const wanted = browserPlan(texts).filter(({ id }) => only === undefined || id === only);
  await Promise.all(
    wanted.map(async ({ id, title }) => {
      const began = performance.now();
      const said = await checks[id]().catch((error: unknown): CheckResult => {
        const { crashed, crashedTodo } = texts.doctorText;
        const seen = crashed(error instanceof Error ? error.message : String(error));
        return { state: 'unknown', seen, matters: '', todo: crashedTodo };
      });
      onFinding({ id, title, ...said, ms: Math.round(performance.now() - began) });
    }),
  );
}
