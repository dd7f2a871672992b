// Who gets a time.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide, type Held, overlaps } from './rules';

const day = '2026-11-27';
const held = (more: Partial<Held> = {}): Held => ({
  ...{ reference: 'r1', day, minute: 600, minutes: 30, service: 'health check' },
  ...{ person: 'Doctor Lee', name: 'Ann' },
  ...more,
});
const wanted = (more: object = {}) => ({
  ...{ day, minute: 600, minutes: 15, service: 'blood test', name: 'Ben' },
  ...{ people: ['Doctor Lee', 'Doctor Osei'] },
  ...more,
});

it.each([
  ['the same stretch', {}, true],
  ['a part at its end', { minute: 615 }, true],
  ['within it', { minute: 605, minutes: 5 }, true],
  ['right after it', { minute: 630 }, false],
  ['right before it', { minute: 585, minutes: 15 }, false],
  ['another day', { day: '2026-11-28' }, false],
  ['another person', { person: 'Doctor Osei' }, false],
])('%s', (_, other, expected) => {
  expect(overlaps(held(), held(other))).toBe(expected);
  expect(overlaps(held(other), held())).toBe(expected);
});

it('gives a time to the first choice, else to the next who is free, else to nobody', () => {
  expect(decide([], wanted())).toEqual({ is: 'free', person: 'Doctor Lee' });
  expect(decide([held()], wanted())).toEqual({ is: 'free', person: 'Doctor Osei' });
  const both = [held(), held({ reference: 'r2', person: 'Doctor Osei' })];
  expect(decide(both, wanted())).toEqual({ is: 'taken' });
  expect(decide([], wanted({ people: [] }))).toEqual({ is: 'taken' });
});

it('does not take the time of an appointment that is moved for taken', () => {
  const only = wanted({ minute: 615, people: ['Doctor Lee'] });
  expect(decide([held()], only)).toEqual({ is: 'taken' });
  expect(decide([held()], { ...only, replaces: 'r1' })).toEqual({
    is: 'free',
    person: 'Doctor Lee',
  });
});

it('knows who has it already, whoever would be free', () => {
  const again = wanted({ service: 'health check', name: 'Ann' });
  expect(decide([held()], again)).toEqual({ is: 'theirs', held: held() });
  expect(decide([held()], { ...again, person: 'Doctor Lee' })).toMatchObject({ is: 'theirs' });
  expect(decide([held()], { ...again, person: 'Doctor Osei' }).is).toBe('free');
  expect(decide([held()], { ...again, minute: 630 }).is).toBe('free');
});

it('never gives anybody two at once, whatever is asked in whatever order', () => {
  const ask = fc.record({
    minute: fc.integer({ min: 32, max: 40 }).map((quarter) => quarter * 15),
    minutes: fc.constantFrom(15, 30),
    people: fc.subarray(['Doctor Lee', 'Doctor Osei'], { minLength: 1 }),
    replaces: fc.option(fc.integer({ min: 0, max: 9 }).map(String), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 12 }), (asks) => {
      let diary: readonly Held[] = [];
      asks.forEach((one, index) => {
        const wish = { ...wanted(one), name: `${index}` };
        const decision = decide(diary, wish);
        if (decision.is !== 'free') return;
        const kept = diary.filter(({ reference }) => reference !== one.replaces);
        diary = [...kept, { ...wish, person: decision.person, reference: `${index}` }];
      });
      for (const a of diary) for (const b of diary) if (a !== b) expect(overlaps(a, b)).toBe(false);
    }),
  );
});
