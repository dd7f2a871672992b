// "Why did no agent come?" as a table: each row is what was seen, and the one verdict it comes to.
import { describe, expect, it } from 'vitest';
import { whyText } from '@/lib/messages/en/why';
import type { LogFact } from '../server-log';
import { ASKED, asks, evidence, turnedAway, unsent } from '../testing/evidence';
import { rows } from '../testing/verdict-rows';
import type { Cause } from './cause';
import type { Evidence } from './evidence';
import { whyNoAgent } from './verdict';
import { explain } from './why';

describe('why no agent came', () => {
  it.each(rows.map(([cause, what, over, about]) => ({ cause, what, over, about })))(
    '$cause: $what',
    ({ cause, over, about }) => {
      expect(whyNoAgent(evidence(over))).toMatchObject({ cause, ...about });
    },
  );

  it('has a row for each verdict there is', () => {
    const causes = new Set(rows.map(([cause]) => cause));
    expect(Object.keys(whyText).filter((cause) => !causes.has(cause as Cause))).toEqual([]);
  });

  it('says something of each, and what to do where something is broken', () => {
    for (const [, , over] of rows) {
      const given = evidence(over);
      const { state, seen, matters, todo, evidence: lines } = explain(given, whyNoAgent(given));
      expect(seen).toMatch(/^\S.*\.$/);
      expect(matters).toMatch(/\.$/);
      if (state === 'fail') expect(todo).not.toBe('');
      expect(lines?.length).toBeGreaterThan(0);
      expect(`${seen}${todo}`).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('never calls a room well in which no agent was', () => {
    for (const [cause, , over] of rows) {
      const given = evidence(over);
      const { state } = explain(given, whyNoAgent(given));
      expect([cause, state === 'ok']).toEqual([cause, cause === 'there' || cause === 'came']);
    }
  });

  it('does not blame a worker that was turned away where a wrong name was asked for', () => {
    const given: Partial<Evidence> = { ...asks('nobody-here'), log: [turnedAway('secret')] };
    expect(whyNoAgent(evidence(given)).cause).toBe('no-worker');
  });

  it('takes words that came too soon for those of another dispatch', () => {
    const log = [unsent('timed out', { at: ASKED + 300 })];
    expect(whyNoAgent(evidence({ log })).cause).toBe('unknown');
  });

  it('takes what the server says of another room for nothing', () => {
    const log = [unsent('full', { room: 'another' } as Partial<LogFact>)];
    expect(whyNoAgent(evidence({ log })).cause).toBe('unknown');
  });
});
