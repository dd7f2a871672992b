import { describe, expect, it } from 'vitest';
import type { PageCall } from '@/lib/dispatch/server';
import { chooseDeployment, type IsLive, sharedDeployment } from '@/lib/dispatch/share';
import { destinationOf } from '@/lib/rules/apply-rules';
import type { Rule } from '@/lib/rules/rule';
import { testRule } from '@/lib/rules/testing/rules';
import { testServer } from '@/lib/testing/server';

const server = testServer();

type Said = NonNullable<Parameters<typeof testRule>[0]>;
const rule = (percent: number, { send, ...said }: Said = {}): Rule =>
  testRule({ ...said, send: { share: { deployment: 'staging', percent }, ...send } });
const choose = (one: Rule, caller: string, isLive: IsLive) =>
  chooseDeployment(server, destinationOf(one), caller, isLive);
/** Where a page's call goes with these rules. */
function shared(call: PageCall, rules: readonly Rule[], isLive: IsLive) {
  server.rules.inForce = rules;
  return sharedDeployment(server, call, isLive);
}
const always = () => true;
const never = () => false;
const callers = Array.from({ length: 1_000 }, (_, index) => `caller-${index}`);

describe('chooseDeployment', () => {
  it.each([0, 1, 10, 37.5, 50, 90, 100])(
    'sends %d % of 1,000 callers, within 3 points, and the same ones again',
    (percent) => {
      const chosen = (caller: string) => choose(rule(percent), caller, always).deployment;
      const first = callers.map(chosen);
      const staging = first.filter((deployment) => deployment === 'staging').length;
      expect(Math.abs(staging / 10 - percent)).toBeLessThanOrEqual(percent % 100 === 0 ? 0 : 3);
      expect(callers.map(chosen)).toEqual(first);
    },
  );

  it('keeps everybody who was in the share when it grows', () => {
    const inShare = (percent: number) =>
      callers.filter((caller) => choose(rule(percent), caller, always).fallback);
    expect(inShare(30)).toEqual(expect.arrayContaining(inShare(10)));
  });

  it('takes different callers for different rules', () => {
    const taken = (name: string) =>
      callers.filter((c) => choose({ ...rule(50), name }, c, always).fallback);
    const others = new Set(taken('b'));
    const both = taken('a').filter((caller) => others.has(caller));
    expect(Math.abs(both.length - 250)).toBeLessThan(50);
  });

  it('has a fallback, and uses it at once without a live worker', () => {
    expect(choose(rule(100), 'c', always)).toEqual({
      deployment: 'staging',
      fallback: 'production',
    });
    expect(choose(rule(100), 'c', never)).toEqual({
      deployment: 'production',
      missed: 'staging',
    });
  });
});

describe('sharedDeployment', () => {
  const call: PageCall = { room: 'call-1', identity: 'i', attributes: {}, agent: 'front-desk' };
  it('chooses again for each call of callers whom nothing identifies', () => {
    const chosen = Array.from({ length: 64 }, (_, index) =>
      shared({ ...call, identity: 'user', room: `r-${index}` }, [rule(50)], always),
    );
    expect(new Set(chosen)).toEqual(new Set(['staging', undefined]));
  });

  it('redirects a call from a page as its rule would', () => {
    expect(shared(call, [rule(100)], always)).toBe('staging');
    expect(shared(call, [rule(100, { when: 'room_started' })], always)).toBe('staging');
    expect(shared(call, [rule(100, { if: { room: 'call-*' } })], always)).toBe('staging');
  });

  it.each<[string, Rule[]]>([
    ['the share is for others', [rule(0)]],
    ['the rule is disabled', [rule(100, { enabled: false })]],
    ['the rule is for another room', [rule(100, { if: { room: 'x' } })]],
    ['the rule is for telephones', [rule(100, { if: { kind: ['sip'] } })]],
    ['the rule is for another agent', [rule(100, { send: { agent: 'line-check' } })]],
    ['an earlier rule without a share decides', [testRule({ name: 'a' }), rule(100)]],
    ['there are none', []],
    [
      'the rule does not send to production',
      [
        testRule({
          send: { deployment: 'staging', share: { deployment: 'production', percent: 100 } },
        }),
      ],
    ],
  ])('not where %s', (_, rules) => {
    expect(shared(call, rules, always)).toBeUndefined();
  });

  it('does not apply to simulations', () => {
    const attributes = { 'callboard.simulation': 'yes' };
    expect(shared({ ...call, attributes }, [rule(100)], always)).toBeUndefined();
  });

  it('does not apply without a live worker', () => {
    expect(shared(call, [rule(100)], never)).toBeUndefined();
  });

  it('takes the same callers with and without a page', () => {
    const half = rule(50);
    for (const caller of callers.slice(0, 50)) {
      const attributes = { 'callboard.caller': caller };
      const found = shared({ ...call, attributes }, [half], always) ?? 'production';
      expect(found).toBe(choose(half, caller, always).deployment);
    }
  });
});
