// Why did no agent join? A table of evidence and verdicts.
import { describe, expect, it } from 'vitest';
import { CAUSES } from '@/lib/doctor/diagnosis/causes';
import type { Evidence } from '@/lib/doctor/diagnosis/evidence';
import { explain } from '@/lib/doctor/diagnosis/explain';
import { diagnose } from '@/lib/doctor/diagnosis/verdict';
import type { LogFact } from '@/lib/doctor/server-log';
import { ASKED, asks, evidence, turnedAway, unsent } from '@/lib/doctor/testing/evidence';
import { rows } from '@/lib/doctor/testing/verdict-rows';

describe('why no agent joined', () => {
  it.each(rows.map(([cause, what, over, about]) => ({ cause, what, over, about })))(
    '$cause: $what',
    ({ cause, over, about }) => {
      expect(diagnose(evidence(over))).toMatchObject({ cause, ...about });
    },
  );

  it('has a row for each verdict', () => {
    // Only a second test call can tell the last one.
    const causes = new Set([...rows.map(([cause]) => cause), 'worker-production']);
    expect(Object.keys(CAUSES).filter((cause) => !causes.has(cause))).toEqual([]);
  });

  it('has texts for each, and advice if something is broken', () => {
    for (const [, , over] of rows) {
      const given = evidence(over);
      const { state, seen, matters, todo, evidence: lines } = explain(given, diagnose(given));
      expect(seen).toMatch(/^\S.*\.$/);
      expect(matters).toMatch(/\.$/);
      if (state === 'fail') expect(todo).not.toBe('');
      expect(lines?.length).toBeGreaterThan(0);
      expect(`${seen}${todo}`).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('never reports a room without an agent as fine', () => {
    for (const [cause, , over] of rows) {
      const given = evidence(over);
      const { state } = explain(given, diagnose(given));
      expect([cause, state === 'ok']).toEqual([cause, cause === 'there' || cause === 'came']);
    }
  });

  it('does not blame a refused worker if a wrong name was requested', () => {
    const given: Partial<Evidence> = { ...asks('nobody-here'), log: [turnedAway('secret')] };
    expect(diagnose(evidence(given)).cause).toBe('no-worker');
  });

  it('ignores log lines that are too early for this dispatch', () => {
    const log = [unsent('timed out', { at: ASKED + 300 })];
    expect(diagnose(evidence({ log })).cause).toBe('unknown');
  });

  it('ignores log lines of another room', () => {
    const log = [unsent('full', { room: 'another' } as Partial<LogFact>)];
    expect(diagnose(evidence({ log })).cause).toBe('unknown');
  });
});
