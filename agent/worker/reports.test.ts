// A worker that starts before the web process logs no warning, and reports once the web process answers.
import { initializeLogger, log } from '@livekit/agents';
import { expect, it, onTestFinished, test, vi } from 'vitest';
import { followNewRooms, startReporting } from '@/agent/worker/reports';
import { parseConfig } from '@/lib/core/config';
import { NEW_JOB_MS, NEW_ROOMS_MAX } from '@/lib/livekit/worker-report';
import { serveFetch } from '@/lib/testing/serve-routes';

test('a web process that is not ready yet causes no warning', async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  const warn = vi.spyOn(log(), 'warn');
  const answers: number[] = [];
  let status = 503;
  const web = await serveFetch(async (request) => {
    await request.arrayBuffer();
    answers.push(status);
    return new Response(null, { status });
  });
  const config = parseConfig({
    LIVEKIT_URL: 'ws://127.0.0.1:9',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'secret-secret-secret-secret-secret',
    CALLBOARD_URL: web.url,
  });
  const reporting = startReporting(config, 'w-1', []);
  onTestFinished(async () => {
    reporting.stop();
    await web.close();
  });
  await expect.poll(() => answers.length).toBeGreaterThan(1);
  status = 204;
  await expect.poll(() => answers).toContain(204);
  expect(warn).not.toHaveBeenCalled();
});

it('lists rooms while their job is new, newest first, and again when a room has a new job', () => {
  vi.useFakeTimers({ now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  const rooms = followNewRooms();
  expect(rooms(['a'])).toEqual(['a']);
  vi.setSystemTime(5_000);
  expect(rooms(['a', 'b'])).toEqual(['b', 'a']);
  vi.setSystemTime(NEW_JOB_MS);
  expect(rooms(['a', 'b'])).toEqual(['b']);
  expect(rooms(['b'])).toEqual(['b']);
  expect(rooms(['a', 'b'])).toEqual(['a', 'b']);
});

it('lists no more than a report can hold', () => {
  const many = Array.from({ length: NEW_ROOMS_MAX + 5 }, (_, place) => `r${place}`);
  expect(followNewRooms()(many)).toEqual(many.slice(5).reverse());
});
