// Checks that the proxy of the environment connects agents to the LiveKit server, if they use one.
import { request } from 'node:http';
import type { Ground } from '@/lib/cluster/ground';
import type { Check } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { proxyVariable } from '@/lib/core/outbound-proxy';
import { since } from '@/lib/core/wait';
import { type Found, newCheck, type Time, type Words } from '@/lib/doctor/check';

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

async function checkProxy(name: string, url: string, t: Words, time: Time): Promise<Found> {
  const { hostname, port, protocol } = new URL(url);
  const host = `${hostname}:${port || (/^(wss|https):$/.test(protocol) ? 443 : 80)}`;
  const todo = t('proxy.todo', { name, host: hostname });
  const began = performance.now();
  try {
    const value = process.env[name] ?? '';
    const proxy = new URL(value.includes('://') ? value : `http://${value}`);
    const status = await connectStatus(proxy, host);
    return status === 200
      ? { state: 'ok', seen: t('proxy.ok', { name, host, time: time(since(began)) }) }
      : { state: 'fail', seen: t('proxy.refused', { name, host, status }), todo };
  } catch (error) {
    // Other messages may contain the address, with a password.
    const { code, name: kind } = error as NodeJS.ErrnoException;
    return { state: 'fail', seen: t('proxy.away', { name, host, why: code ?? kind }), todo };
  }
}

/** No check if agents use no proxy. */
export function proxyChecks({ config }: Ground, language: Language): Check[] {
  const url = config.LIVEKIT_URL;
  const name = proxyVariable(url, process.env);
  if (!name) return [];
  return [newCheck('proxy', language, LIMIT_MS, (...words) => checkProxy(name, url, ...words))];
}
