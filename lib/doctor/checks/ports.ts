// Checks that something listens on each part's port. Other checks examine what it is.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Ground } from '@/lib/cluster/ground';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { since, withTimeout } from '@/lib/core/wait';
import { translator } from '@/lib/messages/messages';

const CONNECT_MS = 3_000;
const LIMIT_MS = 5_000;

/** Default ports. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80 };

/** Milliseconds until a TCP connection was open; undefined if it failed. */
async function connectMs({ hostname, port, protocol }: URL): Promise<number | undefined> {
  const began = performance.now();
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port) || (DEFAULT_PORTS[protocol] ?? 443) });
  try {
    await withTimeout(CONNECT_MS, once(socket, 'connect'));
    return since(began);
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

async function checkPorts({ config }: Ground, language: Language): Promise<CheckResult> {
  const t = translator(language, 'doctor');
  const matters = t('ports.matters');
  const places = new Map<string, { name: string; url: URL }>();
  const wanted = [
    [t('ports.names.livekit'), config.LIVEKIT_URL],
    [t('ports.names.speech'), config.SPEECH_STT_URL],
    [t('ports.names.speech'), config.SPEECH_TTS_URL],
    [t('ports.names.web'), config.CALLBOARD_URL],
  ] as const;
  for (const [name, text] of wanted) {
    const url = new URL(text);
    places.set(url.host, { name, url });
  }
  const tried = await Promise.all(
    [...places.values()].map(async ({ name, url }) => ({ name, url, ms: await connectMs(url) })),
  );
  const shut = tried.filter(({ ms }) => ms === undefined);
  const list = (some: typeof tried) =>
    some.map(({ name, url }) => `${name} ${url.host}`).join(', ');
  const [first] = shut;
  if (first) {
    const seen = t('ports.closed', { names: list(shut) });
    return { state: 'fail', seen, matters, todo: t('ports.todo', { name: first.name }) };
  }
  const open = tried.map(({ name, url, ms: took = 0 }) =>
    t('ports.port', { name, at: url.host, took }),
  );
  return { state: 'ok', seen: t('ports.open', { names: open.join(', ') }), matters, todo: '' };
}

export const portsCheck = (server: Ground, language: Language): Check => ({
  id: 'ports',
  title: translator(language, 'checks')('ports'),
  limitMs: LIMIT_MS,
  run: () => checkPorts(server, language),
});
