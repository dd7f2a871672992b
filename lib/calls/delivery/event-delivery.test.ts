// The event queue with real files, and with real processes that are killed.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Deliver, EventDelivery } from '@/lib/calls/delivery/event-delivery';
import { EventWriter, makeEvent } from '@/lib/calls/delivery/event-writer';
import { BATCH_MAX, type CallEvent } from '@/lib/calls/event';
import { runFile } from '@/lib/testing/bundled';

/** Milliseconds before the first retry; five attempts are made. */
const RETRY_MS = 10;
let folder: string;
let deliveries: EventDelivery[] = [];
let log: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-events-'));
});
afterEach(async () => {
  await Promise.all(deliveries.map((one) => one.stop()));
  deliveries = [];
  log = [];
  rmSync(folder, { recursive: true });
});

/** An owner's writer, with a delivery if `deliver` is given. */
function queue(owner: string, deliver?: Deliver) {
  const writer = new EventWriter(folder, owner);
  if (deliver) {
    deliveries.push(new EventDelivery(writer, deliver, (line) => log.push(line), RETRY_MS));
  }
  return {
    writer,
    add: (...ids: string[]) =>
      ids.map((id) =>
        writer.add(
          makeEvent({ id, room: 'r', source: 'web' }, { kind: 'room_started' }) as CallEvent,
        ),
      ),
  };
}
/** A receiver that accepts everything and ignores duplicates. */
function taker() {
  const ids = new Set<string>();
  const deliver = async (events: readonly CallEvent[]) => {
    for (const { id } of events) ids.add(id);
    return 'taken' as const;
  };
  return { ids, deliver, got: () => [...ids] };
}
const names = () => readdirSync(folder).filter((name) => !name.endsWith('.alive'));

test('a delivery that gets no answer does not keep the process from stopping', async () => {
  const silent: Deliver = (_, stopped) =>
    new Promise((resolve) => stopped?.addEventListener('abort', () => resolve('later')));
  const { add } = queue('w', silent);
  add('a');
  const [delivery] = deliveries;
  await delivery?.stop(50);
  expect(readdirSync(folder).some((name) => name.endsWith('.jsonl'))).toBe(true);
});

test('events are delivered in order, and the files are deleted', async () => {
  const { deliver, got } = taker();
  const { add } = queue('web', deliver);
  const ids = Array.from({ length: 1_000 }, (_, at) => `e${at}`);
  expect(add(...ids)).toEqual(ids.map(() => true));
  await expect.poll(got).toEqual(ids);
  await expect.poll(names).toEqual([]);
  add('later');
  await expect.poll(got).toEqual([...ids, 'later']);
});

test('a file that another owner has delivered and deleted meanwhile is no error', async () => {
  // Listed, and not there.
  symlinkSync('gone', join(folder, 'gone~1~elsewhere~1.jsonl'));
  const { deliver, got } = taker();
  const { add } = queue('web', deliver);
  add('own');
  await expect.poll(got).toEqual(['own']);
  expect(log).toEqual([]);
});

test('batches of several processes are one delivery, and one bad event of them is set aside', async () => {
  const sizes: number[] = [];
  const { ids, deliver, got } = taker();
  for (const at of [1, 2, 3]) {
    const lines = [`${at}a`, `${at}b`].map((id) =>
      JSON.stringify(makeEvent({ id, room: 'r', source: 'web' }, { kind: 'room_started' })),
    );
    appendFileSync(join(folder, `gone~${at}~elsewhere~${at}.jsonl`), `${lines.join('\n')}\n`);
  }
  queue('web', async (events) => {
    sizes.push(events.length);
    if (events.some(({ id }) => id === '2b')) return 'refused';
    return deliver(events);
  });
  await expect.poll(got).toEqual(['1a', '1b', '2a', '3a', '3b']);
  expect([sizes[0], ids.size]).toEqual([6, 5]);
  expect(names()).toContain('gone~2~elsewhere~2.rejected');
});

test('events are kept while the receiver is down, and delivered in order when it is back', async () => {
  const { deliver, got } = taker();
  const answers: (() => Promise<'later' | 'failed'>)[] = [
    async () => 'later',
    async () => 'failed',
    () => Promise.reject(new Error('no connection')),
  ];
  const tries = vi.fn<Deliver>((events) => answers.shift()?.() ?? deliver(events));
  const { add } = queue('web', tries);
  add('a', 'b');
  await expect.poll(() => answers.length).toBe(0);
  add('c');
  await expect.poll(got).toEqual(['a', 'b', 'c']);
  expect(log).toEqual([]);
});

test('a refused event is set aside with one log line, and the others are delivered', async () => {
  const { deliver, got } = taker();
  const picky: Deliver = async (events) =>
    events.some(({ id }) => id === 'bad') ? 'refused' : deliver(events);
  const { add } = queue('web', picky);
  add('a', 'b', 'bad', 'c');
  await expect.poll(got).toEqual(['a', 'b', 'c']);
  await expect.poll(names).toEqual([expect.stringMatching(/\.rejected$/)]);
  expect(readFileSync(join(folder, names()[0] as string), 'utf8')).toMatch(/^\{"id":"bad".*\}\n$/);
  expect(log).toEqual([expect.stringMatching(/1 set aside/)]);
});

test('an event that keeps failing at the receiver does not block the rest for ever', async () => {
  const { deliver, got } = taker();
  const failing: Deliver = async (events) =>
    events.some(({ id }) => id === 'bad') ? 'failed' : deliver(events);
  const { add } = queue('web', failing);
  add('bad', 'a');
  await expect.poll(got).toEqual(['a']);
  expect(log).toEqual([expect.stringMatching(/1 set aside/)]);
});

test('a file with many events does not keep the others waiting', async () => {
  // Two jobs of a worker, the first of which wrote a flood.
  const flood = queue('w');
  const ids = Array.from({ length: 2_000 }, (_, at) => `flood-${at}`);
  flood.add(...ids);
  flood.writer.turnOver();
  const other = queue('w');
  other.add('other');
  other.writer.turnOver();
  const of = (id: string) =>
    names().find((name) => readFileSync(join(folder, name), 'utf8').includes(`"${id}"`)) ?? '';
  // As another process names it.
  const name = of('other');
  renameSync(join(folder, name), join(folder, name.replace(`~${process.pid}.`, '~999999999.')));
  const { deliver, got } = taker();
  queue('w', deliver);
  await expect.poll(() => got().length).toBe(2_001);
  expect(got().indexOf('other')).toBeLessThan(BATCH_MAX + 1);
  expect(got().filter((id) => id !== 'other')).toEqual(ids);
});

test('an invalid line is set aside, and an incomplete line is left', async () => {
  const { deliver, got } = taker();
  const { add, writer } = queue('w-1');
  add('a');
  const file = join(folder, names()[0] as string);
  appendFileSync(file, '{"id":1}\nnot JSON\n');
  add('b');
  appendFileSync(file, '{"id":"half');
  queue('w-2', deliver);
  await expect.poll(got).toEqual(['a', 'b']);
  expect(log).toEqual([expect.stringMatching(/2 set aside/)]);
  // The rest of the line arrives.
  appendFileSync(file, '","room":"r","source":"web","at":1,"what":{"kind":"room_started"}}\n');
  await expect.poll(got).toEqual(['a', 'b', 'half']);
  writer.turnOver();
  await expect.poll(names).toEqual([expect.stringMatching(/\.rejected$/)]);
});

test('a file that cannot be read keeps neither the others waiting nor the process from stopping', async () => {
  mkdirSync(join(folder, 'gone~1~elsewhere~1.jsonl'));
  const event = makeEvent({ id: 'a', room: 'r', source: 'web' }, { kind: 'room_started' });
  const other = join(folder, 'gone~2~elsewhere~2.jsonl');
  appendFileSync(other, `no event\n${JSON.stringify(event)}\n`);
  const { deliver, got } = taker();
  const { add } = queue('web', deliver);
  await expect.poll(got).toEqual(['a']);
  await expect.poll(() => log.join('\n')).toMatch(/1 set aside.*\n.*cannot be read: .*EISDIR/);
  add('b');
  await deliveries[0]?.stop(60_000);
  expect(got()).toEqual(['a', 'b']);
  expect(readdirSync(folder).filter((name) => name.endsWith('.alive'))).toEqual([]);
});

test('files of a living owner are not taken over', async () => {
  const one = taker();
  const two = taker();
  const stuck: Deliver = async () => 'later';
  const first = queue('w-1', stuck);
  first.add('a');
  queue('w-2', two.deliver).add('b');
  await expect.poll(two.got).toEqual(['b']);
  await deliveries[0]?.stop();
  queue('w-3', one.deliver);
  await expect.poll(() => [...one.got(), ...two.got()]).toContain('a');
});

test('every confirmed event of processes killed with -9 arrives, once and in order', async () => {
  const said: string[] = [];
  const children: ChildProcess[] = [];
  for (const owner of ['w-1', 'w-2', 'w-3']) {
    const child = await runFile('lib/testing/event-writer-process.ts', [folder, owner], {});
    children.push(child);
    onTestFinished(() => void child.kill('SIGKILL'));
    createInterface(child.stdout).on('line', (id) => said.push(id));
    child.stderr.on('data', (chunk) => log.push(String(chunk)));
  }
  const { ids, deliver, got } = taker();
  // While they write, another process takes over their files and is stopped halfway.
  queue('w-9', deliver);
  await expect.poll(() => said.length).toBeGreaterThan(2_000);
  await deliveries[0]?.stop();
  for (const child of children) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  queue('w-10', deliver);
  await expect.poll(() => said.filter((id) => !ids.has(id))).toEqual([]);
  for (const owner of ['w-1', 'w-2', 'w-3']) {
    const numbers = got()
      .filter((id) => id.startsWith(`${owner}-`))
      .map((id) => Number(id.slice(4)));
    expect(numbers).toEqual(numbers.map((_, at) => at));
  }
  await expect.poll(() => names().filter((name) => name.endsWith('.jsonl'))).toEqual([]);
  expect(log).toEqual([]);
});
