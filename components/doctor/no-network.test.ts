// Browsers connect calls over network addresses only, also to their own machine: Firefox over one that the server has too.
// Where that fails, the page and the doctor say so, and nothing else.
import { ConnectionError } from 'livekit-client';
import { afterEach, expect, test, vi } from 'vitest';
import { failedJoin } from '@/components/call/session/call-session';
import { mediaTodo } from '@/components/doctor/browser-checks';
import { translator } from '@/lib/messages/messages';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
const NEAR = 'ws://127.0.0.1:7880';
const FAR = 'wss://livekit.example.com';

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ['Firefox, this machine', FIREFOX, true, NEAR, true, 'no-network', /network/],
  ['Firefox, localhost', FIREFOX, true, 'ws://localhost:7880', true, 'no-network', /network/],
  ['Firefox, LiveKit is down', FIREFOX, true, NEAR, false, 'unreachable', /network/],
  ['Firefox, another machine', FIREFOX, true, FAR, true, 'unreachable', /UDP 50000–60000/],
  ['Chrome without a network', CHROME, false, NEAR, true, 'no-network', /network/],
  ['Chrome, this machine', CHROME, true, NEAR, true, 'unreachable', /another browser/],
  ['Chrome, another machine', CHROME, false, FAR, true, 'unreachable', /UDP 50000–60000/],
])('without an audio connection: %s', (_, userAgent, onLine, url, letIn, reason, todo) => {
  vi.stubGlobal('navigator', { userAgent, onLine });
  const error = ConnectionError.internal('could not establish pc connection');
  expect(failedJoin(error, letIn ? { serverInfo: {} } : {}, url).reason).toBe(reason);
  const advice = translator('en', 'doctor')(mediaTodo(url));
  expect(advice).toMatch(todo);
  if (url !== FAR) expect(advice).not.toMatch(/UDP|TURN/);
});
