// Attributes as agents of this release and of earlier ones set them.
import { expect, test } from 'vitest';
import {
  AGENT_ATTRIBUTES,
  isAgentConsole,
  leavingOf,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';

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

test.each([
  [{ [PERSON_ATTRIBUTES.agentConsole]: 'yes' }, true],
  [{ [PERSON_ATTRIBUTES.agentConsole]: 'no' }, false],
  [{}, false],
])('%o is somebody with an Agent Console: %s', (attributes, is) => {
  expect(isAgentConsole(attributes)).toBe(is);
});
