// The reckoning by numbers that can be done in one's head, and the table of docs/scale.md by the command
// that makes it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ASSUMED, type Assumptions, assumptionsFrom } from './assumptions';
import { type ByPart, type Costs, costsFrom, OURS, PARTS } from './costs';
import { limitsOf } from './limits';
import { needsOf, totalOf } from './needs';
import { simulation } from './table';

const each = (value: number) =>
  Object.fromEntries(PARTS.map((part) => [part, value])) as unknown as ByPart;

/** A call of 100 s that begins for nothing, and takes a hundredth of a processor of each part. */
const COSTS: Costs = {
  ...{ beginMs: each(0), talkMs: each(10), callMB: 100, callEvents: 7, minuteEvents: 0 },
  ...{ lookMs: 15, reportMs: 0, eventDatabaseMs: 0, eventKB: 1 },
};
const HALF: Assumptions = {
  ...ASSUMED,
  ...{
    minutes: 100 / 60,
    fill: 0.5,
    workerCalls: 10,
    workerMB: 0,
    machineCpus: 10,
    machineGB: 100,
  },
  ...{ webLines: 1e9, vCpuHour: 60, databaseVCpuHour: 0, storageGBMonth: 0, trafficGB: 0 },
};

test('a thousand calls need ten processors of each part, and half of each is kept free', () => {
  const needs = needsOf(1_000, COSTS, HALF);
  expect(needs.begins).toBeCloseTo(10);
  // Ten of the call, and three of the web process.
  expect(needs.events).toBeCloseTo(100);
  expect(needs).toMatchObject({ workers: 200, workerMachines: 2, nodes: 2, webs: 20 });
  // 60 processors of machines and 20 of web processes, at a dollar a minute each.
  expect(totalOf(needs.money)).toBeCloseTo(80);
});

test('memory needs machines too, and nothing is there once only', () => {
  expect(needsOf(1_000, { ...COSTS, callMB: 1_000 }, HALF).workerMachines).toBe(20);
  expect(needsOf(1, COSTS, HALF)).toMatchObject({
    workers: 2,
    workerMachines: 2,
    nodes: 2,
    webs: 2,
  });
});

test('what calls begin with counts by how often they begin', () => {
  const costs = { ...COSTS, beginMs: each(1_000) };
  expect(needsOf(1_000, costs, HALF).webs).toBe(40);
  expect(needsOf(1_000, costs, { ...HALF, minutes: HALF.minutes * 2 }).webs).toBe(30);
});

test('open lines need web processes where processors do not', () => {
  expect(needsOf(1_000, COSTS, { ...HALF, webLines: 12 }).webs).toBe(100);
});

test('the first bottleneck is what is full with the fewest calls', () => {
  // 15 s hold a thousand looks of 15 ms.
  const [first, ...others] = limitsOf(COSTS, {
    ...HALF,
    ...{ databaseConnections: 1e9, notifyMs: 0 },
  });
  expect(first?.what).toContain('watcher');
  expect(first?.calls).toBe(1_000);
  expect(others.map(({ calls }) => calls).toSorted((a, b) => a - b)).toEqual(
    others.map(({ calls }) => calls),
  );
  // Of 230 connections, ten web processes have all: 250 calls a half of each.
  const few = limitsOf(COSTS, { ...HALF, databaseConnections: 230, notifyMs: 0 });
  expect(few[0]).toMatchObject({ calls: 500, what: expect.stringContaining('connections') });
});

test('a run of the benchmark takes the place of our numbers, as far as it has any', () => {
  const rows = [
    { what: 'who is in a room, asked of LiveKit', median: 3 },
    { what: 'processor for a second of talk: web', median: 9 },
    { what: 'processor for a second of talk: speech', median: -1 },
    { what: '  one more call', median: null },
  ];
  const costs = costsFrom(JSON.stringify({ title: 'x', rows }));
  expect(costs).toMatchObject({ lookMs: 3, callMB: OURS.callMB });
  expect(costs.talkMs).toEqual({ ...OURS.talkMs, web: 9, speech: 0 });
  expect(() => costsFrom('{"found":[]}')).toThrow('rows');
});

test('assumptions are set by name, and an unknown one is answered with all names', () => {
  expect(assumptionsFrom('minutes=5,trafficGB=0')).toEqual({
    ...ASSUMED,
    minutes: 5,
    trafficGB: 0,
  });
  for (const wrong of ['minute=5', 'minutes', 'minutes=', 'minutes=x', 'minutes=-1']) {
    expect(() => assumptionsFrom(wrong)).toThrow('vCpuHour');
  }
});

test('docs/scale.md has the table that npm run simulate prints', () => {
  const text = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');
  const [, kept] = text.match(/<!-- npm run simulate -->\n(.*?)\n<!-- \/ -->/s) ?? [];
  expect(kept?.trim()).toBe(simulation([100, 10_000, 1_000_000], OURS, ASSUMED));
});
