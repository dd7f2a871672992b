// An examination: no check hides another, whatever its result.
import { expect, it } from 'vitest';
import type { Check, CheckResult } from '@/lib/core/finding';
import { wordsRight } from '@/lib/doctor/checks/speech';
import { startExamination } from '@/lib/doctor/examine';

const well: CheckResult = { state: 'ok', seen: 'Seen.', matters: 'It does.', todo: '' };
const check = (id: string, run: Check['run'], over: Partial<Check> = {}): Check => ({
  id,
  title: id,
  limitMs: 200,
  run,
  ...over,
});

it('has a finding for a check that throws, one that never ends and one that succeeds', async () => {
  const { plan, report } = startExamination([
    check('throws', () => {
      throw new Error(`it had ${'s'.repeat(32)}`);
    }),
    check('hangs', () => new Promise(() => undefined)),
    check('well', async () => well),
  ]);
  const { state, findings } = await report;
  expect(plan.map(({ id }) => id)).toEqual(['throws', 'hangs', 'well']);
  expect(findings).toMatchObject([
    { id: 'throws', state: 'unknown', seen: expect.stringContaining('it had') },
    { id: 'hangs', state: 'unknown', seen: 'No answer within 200 ms.' },
    { id: 'well', state: 'ok', seen: 'Seen.', ms: expect.any(Number) },
  ]);
  expect(state).toBe('unknown');
});

it('has the state of its worst finding', async () => {
  const of = async (...states: CheckResult['state'][]) => {
    const checks = states.map((state, at) => check(`${at}`, async () => ({ ...well, state })));
    return (await startExamination(checks).report).state;
  };
  expect(await of()).toBe('ok');
  expect(await of('ok', 'ok')).toBe('ok');
  expect(await of('warn', 'unknown', 'ok')).toBe('warn');
  expect(await of('warn', 'fail', 'unknown')).toBe('fail');
});

it('runs at most two heavy checks at once, and others immediately', async () => {
  let going = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const heavy = async () => {
    going += 1;
    most = Math.max(most, going);
    await new Promise<void>((end) => ends.push(end));
    going -= 1;
    return well;
  };
  const heavies = [1, 2, 3, 4].map((at) => check(`${at}`, heavy, { heavy: true, limitMs: 10_000 }));
  const { findings, report } = startExamination([...heavies, check('light', async () => well)]);
  await findings[4];
  expect(ends).toHaveLength(2);
  while ((await Promise.race([report, new Promise((r) => setImmediate(r))])) === undefined) {
    ends.shift()?.();
  }
  expect(most).toBe(2);
});

it('counts recognized words once, ignoring case and punctuation', () => {
  expect(wordsRight('We are open, we are!', 'we ARE open')).toEqual({ right: 3, all: 5 });
  expect(wordsRight('nine to five', '')).toEqual({ right: 0, all: 3 });
  expect(wordsRight("it's fine", 'It’s fine')).toEqual({ right: 1, all: 2 });
});
