// The queue: order, bound, and no work for clients that have disconnected.
import { expect, test } from 'vitest';
import { Gate } from '@/agent/speech/gate';

const here = new AbortController().signal;

/** A job that ends on command. */
function job(log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(name);
    await ended;
    return name;
  };
  return { run, end };
}

test('runs one job at a time, in order, and refuses the next one over the bound', async () => {
  const gate = new Gate(2);
  const log: string[] = [];
  const jobs = ['a', 'b', 'c', 'd'].map((name) => job(log, name));
  const [a, b, c, d] = jobs.map(({ run }) => gate.run(run, here));
  await expect(d).rejects.toMatchObject({ status: 503, more: { retryAfter: 1 } });
  for (const { end } of jobs) end();
  expect(await Promise.all([a, b, c])).toEqual(['a', 'b', 'c']);
  expect(log).toEqual(['a', 'b', 'c']);
  expect(await gate.run(() => 'free again', here)).toBe('free again');
});

test('an admitted job waits over the bound', async () => {
  const gate = new Gate(0);
  const first = job([], 'a');
  const running = gate.run(first.run, here);
  const later = gate.run(() => 'b', here, true);
  first.end();
  expect(await Promise.all([running, later])).toEqual(['a', 'b']);
});

test('a client that disconnected while waiting is skipped and frees its place', async () => {
  const gate = new Gate(1);
  const log: string[] = [];
  const first = job(log, 'a');
  const running = gate.run(first.run, here);
  const gone = new AbortController();
  const left = gate.run(job(log, 'b').run, gone.signal);
  gone.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  const next = gate.run(() => 'c', here);
  first.end();
  expect(await Promise.all([running, next])).toEqual(['a', 'c']);
  expect(log).toEqual(['a']);
  await expect(gate.run(job(log, 'd').run, gone.signal)).rejects.toThrow('gone');
  expect(log).toEqual(['a']);
});

test('a failed job does not block the next', async () => {
  const gate = new Gate(1);
  const failing = gate.run(() => Promise.reject(new Error('bad')), here);
  const next = gate.run(() => 'next', here);
  await expect(failing).rejects.toThrow('bad');
  expect(await next).toBe('next');
});
