// Checks that only the visitor's browser can run: secure page, microphone, and the connections to LiveKit for
// signalling and media, with LiveKit's own `ConnectionCheck`.
import type { CheckInfo } from 'livekit-client';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { requestMicrophone } from '@/components/audio/call-audio';
import {
  lacksNetwork,
  listDevices,
  microphoneBarrier,
  microphonePermission,
} from '@/components/ui/browser';
import { useFailureText } from '@/components/ui/failure';
import { request } from '@/components/ui/request';
import { micProblem } from '@/lib/call/mic-problem';
import { duration } from '@/lib/core/figures';
import type { CheckResult, Finding } from '@/lib/core/finding';
import { namesLoopback } from '@/lib/core/sign-in-mode';
import { type Admission, admission } from '@/lib/livekit/admission';
import type { Translate } from '@/lib/messages/messages';

/** The checks, in the order in which they are shown. */
const CHECKS = ['secure', 'microphone', 'socket', 'media'] as const;
type Check = (typeof CHECKS)[number];
type BrowserCheck = `browser:${Check}`;
const idOf = (check: Check): BrowserCheck => `browser:${check}`;

/** The messages of the checks: their titles, what they find, and those about the microphone. */
interface BrowserWords {
  readonly titles: Translate<'checks'>;
  readonly t: Translate<'doctor'>;
  readonly mics: Translate<'mics'>;
  readonly locale: string;
  /** Why a request has failed. */
  readonly failureText: (error: unknown) => string;
}

/** The messages of the checks in the language of the page. */
export function useBrowserWords(): BrowserWords {
  const titles = useTranslations('checks');
  const t = useTranslations('doctor');
  const mics = useTranslations('mics');
  const locale = useLocale();
  const failureText = useFailureText();
  return useMemo(
    () => ({ titles, t, mics, locale, failureText }),
    [titles, t, mics, locale, failureText],
  );
}

/** The checks with their titles. */
export const browserPlan = ({ titles }: Pick<BrowserWords, 'titles'>) =>
  CHECKS.map((check) => ({ id: idOf(check), title: titles(check) }));

function securePage({ t }: BrowserWords): CheckResult {
  const matters = t('browser.secure.matters');
  const { origin } = window.location;
  if (window.isSecureContext) {
    return { state: 'ok', seen: t('browser.secure.ok', { origin }), matters, todo: '' };
  }
  const seen = t('browser.secure.fail', { origin });
  return { state: 'fail', seen, matters, todo: t('browser.secure.todo') };
}

/** @param mayAsk whether the browser may ask for permission: only after a click */
async function microphone({ t, mics }: BrowserWords, mayAsk: boolean): Promise<CheckResult> {
  const matters = t('browser.microphone.matters');
  const fail = (seen: string, todo: string): CheckResult => ({
    state: 'fail',
    seen,
    matters,
    todo,
  });
  const barrier = microphoneBarrier();
  if (barrier === 'insecure') {
    const { origin } = window.location;
    return fail(t('browser.secure.fail', { origin }), t('browser.secure.todo'));
  }
  const denied = t('browser.microphone.denied');
  if (barrier === 'unsupported') return fail(mics('unsupported.title'), mics('unsupported.body'));
  if (barrier) return fail(denied, t('browser.microphone.withheldTodo'));
  const blocked = () => fail(denied, t('browser.microphone.deniedTodo'));
  const none = () => fail(t('browser.microphone.none'), t('browser.microphone.noneTodo'));
  const granted = await microphonePermission();
  if (granted === 'denied') return blocked();
  const inputs = async () => (await listDevices()).filter(({ kind }) => kind === 'audioinput');
  if ((await inputs()).length === 0) return none();
  if (granted !== 'granted' && !mayAsk) {
    const seen = t('browser.microphone.ask');
    return { state: 'unknown', seen, matters, todo: t('browser.microphone.askTodo') };
  }
  try {
    (await requestMicrophone('')).stop();
  } catch (error) {
    const problem = micProblem(error);
    if (problem === 'blocked') return blocked();
    if (problem === 'none') return none();
    const seen = t('browser.microphone.failed', { why: mics(`${problem}.title`) });
    return fail(seen, t('browser.microphone.failedTodo'));
  }
  const real = (await inputs()).filter(({ deviceId }) => deviceId !== 'default');
  const seen = t('browser.microphone.ok', { count: Math.max(1, real.length) });
  return { state: 'ok', seen, matters, todo: '' };
}

/** Timeout in milliseconds. The server itself waits up to 5 s for LiveKit. */
const TIMEOUT_MS = 10_000;

/** A token for the connection checks, or why there is none. */
async function connect({ t, failureText }: BrowserWords): Promise<Admission | CheckResult> {
  try {
    return await request('/api/doctor/connection', {
      body: {},
      schema: admission,
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    return {
      state: 'unknown',
      seen: t('browser.noToken', { why: failureText(error) }),
      matters: t('browser.socket.matters'),
      todo: t('browser.noTokenTodo'),
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

async function socket(to: Admission, { t }: BrowserWords): Promise<CheckResult> {
  const matters = t('browser.socket.matters');
  const url = to.server_url;
  const { well, info, errors } = await livekitCheck(to, 'checkWebsocket');
  if (well) {
    const seen = t('browser.socket.ok', { url, said: info[0] ?? '' });
    return { state: 'ok', seen, matters, todo: '' };
  }
  const seen = t('browser.socket.fail', { url, why: errors[0] ?? '' });
  return { state: 'fail', seen, matters, todo: t('browser.socket.todo') };
}

/** The transports of the candidates: "udp 127.0.0.1:50123 host" becomes UDP. */
function transportsOf(candidates: readonly string[]): 'UDP' | 'TCP' | 'both' | undefined {
  const protocols = new Set(candidates.map((line) => line.split(' ')[0]?.toUpperCase()));
  const [first, second] = (['UDP', 'TCP'] as const).filter((one) => protocols.has(one));
  return second ? 'both' : first;
}

/** The message of what to do without an audio connection. No port has to be opened between a browser and its own machine. */
export function mediaTodo(serverUrl: string) {
  if (!namesLoopback(serverUrl)) return 'browser.media.todo';
  return lacksNetwork() ? 'browser.media.networkTodo' : 'browser.media.nearTodo';
}

async function media(to: Admission, { t, locale }: BrowserWords): Promise<CheckResult> {
  const matters = t('browser.media.matters');
  const began = performance.now();
  const { well, info, errors } = await livekitCheck(to, 'checkWebRTC');
  const took = performance.now() - began;
  if (!well) {
    const seen = t('browser.media.fail', { why: errors[0] ?? '' });
    return { state: 'fail', seen, matters, todo: t(mediaTodo(to.server_url)) };
  }
  const ways = transportsOf(info);
  const seen = [
    t('browser.media.ok', { time: duration(took, locale) }),
    ...(ways ? [t('browser.media.offers', { ways })] : []),
    ...(info.some((line) => line.includes('relay')) ? [t('browser.media.relay')] : []),
  ];
  return { state: 'ok', seen: seen.join(' '), matters, todo: '' };
}

/** Runs the checks, and calls back with each finding. */
export async function examineBrowser(
  words: BrowserWords,
  onFinding: (finding: Finding) => void,
  { mayAsk = false, only }: { readonly mayAsk?: boolean; readonly only?: BrowserCheck } = {},
): Promise<void> {
  const to = connect(words);
  const reach = async (check: typeof socket) => {
    const way = await to;
    return 'server_url' in way ? check(way, words) : way;
  };
  const checks: Record<BrowserCheck, () => Promise<CheckResult>> = {
    'browser:secure': async () => securePage(words),
    'browser:microphone': () => microphone(words, mayAsk),
    'browser:socket': () => reach(socket),
    'browser:media': () => reach(media),
  };
  const { t } = words;
  const wanted = browserPlan(words).filter(({ id }) => only === undefined || id === only);
  await Promise.all(
    wanted.map(async ({ id, title }) => {
      const began = performance.now();
      const said = await checks[id]().catch((error: unknown): CheckResult => {
        const why = error instanceof Error ? error.message : String(error);
        const seen = t('crashed', { why });
        return { state: 'unknown', seen, matters: '', todo: t('crashedTodo') };
      });
      onFinding({ id, title, ...said, ms: Math.round(performance.now() - began) });
    }),
  );
}
