// Checks that the proxy of the environment connects agents to the LiveKit server, if they use one.
import { request } from 'node:http';
import type { Ground } from '@/lib/cluster/ground';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { proxyVariable } from '@/lib/core/outbound-proxy';
import { since } from '@/lib/core/wait';
import { translator } from '@/lib/messages/messages';

const LIMIT_MS = 6_000;
const ANSWER_MS = 5_000;

/**
 * The status with which a proxy answers a request for a connection, as LiveKit's client sends it: not encrypted, and with the
 * password as it is written in the URL.
 * @throws if it does not answer
 */
function connectStatus(proxy: URL, host: string): Promise<number> {
  const { username, password } = proxy;
  const login = Buffer.from(`${username}:${password}`);
  return new Promise((resolve, reject) => {
    request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: host,
      headers: {
        host,
        ...(username && { 'proxy-authorization': `Basic ${login.toString('base64')}` }),
      },
      signal: AbortSignal.timeout(ANSWER_MS),
    })
      .once('connect', ({ statusCode = 0 }, socket) => {
        socket.destroy();
        resolve(statusCode);
      })
      .once('response', (response) => {
        response.destroy();
        resolve(response.statusCode ?? 0);
      })
      .once('error', reject)
      .end();
  });
}

async function checkProxy(
  { LIVEKIT_URL }: Ground['config'],
  name: string,
  language: Language,
): Promise<CheckResult> {
  const t = translator(language, 'doctor');
  const { hostname, port, protocol } = new URL(LIVEKIT_URL);
  const host = `${hostname}:${port || (/^(wss|https):$/.test(protocol) ? 443 : 80)}`;
  const matters = t('proxy.matters');
  const todo = t('proxy.todo', { name, host: hostname });
  const began = performance.now();
  try {
    const value = process.env[name] ?? '';
    const status = await connectStatus(
      new URL(value.includes('://') ? value : `http://${value}`),
      host,
    );
    if (status === 200) {
      const seen = t('proxy.ok', { name, host, took: since(began) });
      return { state: 'ok', seen, matters, todo: '' };
    }
    return { state: 'fail', seen: t('proxy.refused', { name, host, status }), matters, todo };
  } catch (error) {
    // Other messages may contain the address, with a password.
    const { code, name: kind } = error as NodeJS.ErrnoException;
    const seen = t('proxy.away', { name, host, why: code ?? kind });
    return { state: 'fail', seen, matters, todo };
  }
}

/** No check if agents use no proxy. */
export const proxyChecks = ({ config }: Ground, language: Language): Check[] => {
  const name = proxyVariable(config.LIVEKIT_URL, process.env);
  if (!name) return [];
  const run = () => checkProxy(config, name, language);
  return [{ id: 'proxy', title: translator(language, 'checks')('proxy'), limitMs: LIMIT_MS, run }];
};
