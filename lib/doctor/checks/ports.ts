// Checks that something listens on each part's port. Other checks examine what it is.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Ground } from '@/lib/cluster/ground';
import type { Check, CheckResult } from '@/lib/core/finding';
import { since, withTimeout } from '@/lib/core/wait';
import type { DoctorMessages } from '@/lib/doctor/check';

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

async function checkPorts(
  { config }: Ground,
  words: DoctorMessages['doctorText']['ports'],
): Promise<CheckResult> {
  const { names, matters } = words;
  const places = new Map<string, { name: string; url: URL }>();
  const wanted = [
    [names.livekit, config.LIVEKIT_URL],
    [names.speech, config.SPEECH_STT_URL],
    [names.speech, config.SPEECH_TTS_URL],
    [names.web, config.CALLBOARD_URL],
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
    return { state: 'fail', seen: words.closed(list(shut)), matters, todo: words.todo(first.name) };
  }
  const open = tried.map(({ name, url, ms = 0 }) => words.port(name, url.host, ms)).join(', ');
  return { state: 'ok', seen: words.open(open), matters, todo: '' };
}

export const portsCheck = (server: Ground, { checkTitles, doctorText }: DoctorMessages): Check => ({
  id: 'ports',
  title: checkTitles.ports,
  limitMs: LIMIT_MS,
  run: () => checkPorts(server, doctorText.ports),
});
