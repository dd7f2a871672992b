// Attributes as agents of this release and of earlier ones set them.
import { expect, test } from 'vitest';
import { AGENT_ATTRIBUTES, leavingOf } from './attributes';

test.each([
  ['goodbye', 'goodbye'],
  ['handoff', 'handoff'],
  ['handover', 'handoff'],
  ['duplicate', undefined],
  ['', undefined],
])('an agent that sets "%s" leaves with the reason %s', (set, reason) => {
  expect(leavingOf({ [AGENT_ATTRIBUTES.leaving]: set })).toBe(reason);
});

test('an agent that sets nothing does not leave', () => expect(leavingOf({})).toBeUndefined());
