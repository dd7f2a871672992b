// Firefox connects calls over network addresses only. Where that fails, the page and the doctor say so, and nothing else.
import { ConnectionError } from 'livekit-client';
import { afterEach, expect, test, vi } from 'vitest';
import { mediaTodo } from '@/components/doctor/browser-checks';
import { failedJoin } from './call-session';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
const NEAR = 'ws://127.0.0.1:7880';
const FAR = 'wss://livekit.example.com';

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ['Firefox, this machine', FIREFOX, NEAR, true, 'no-network', /Firefox.*network.*another browser/],
  ['Firefox, localhost', FIREFOX, 'ws://localhost:7880', true, 'no-network', /Firefox/],
  ['Firefox, this machine, LiveKit is down', FIREFOX, NEAR, false, 'unreachable', /Firefox/],
  ['Firefox, another machine', FIREFOX, FAR, true, 'unreachable', /UDP 50000–60000/],
  ['Chrome, this machine', CHROME, NEAR, true, 'unreachable', /another browser/],
  ['Chrome, another machine', CHROME, FAR, true, 'unreachable', /UDP 50000–60000/],
])('without an audio connection: %s', (_, userAgent, url, letIn, reason, todo) => {
  vi.stubGlobal('navigator', { userAgent });
  const error = ConnectionError.internal('could not establish pc connection');
  expect(failedJoin(error, { serverInfo: letIn ? {} : undefined }, url).reason).toBe(reason);
  expect(mediaTodo(url)).toMatch(todo);
  if (url !== FAR) expect(mediaTodo(url)).not.toMatch(/UDP|TURN/);
});
