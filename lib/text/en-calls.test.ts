// How a call ended, in words: a lost connection is nobody's will.
import { expect, test } from 'vitest';
import { type CallSummary, CONNECTION_LOST } from '../calls/call';
import { callsTexts } from './calls';

const known: Partial<CallSummary> = {
  ...{ agents: ['front-desk'], caller: '', endedAt: 1, endedBy: 'caller' },
};
const call = known as CallSummary;

test.each([
  ['en', 'ended by the caller', 'the caller’s connection was lost'],
  ['de', 'vom Anrufer beendet', 'die Verbindung des Anrufers ging verloren'],
] as const)('%s', (language, byCaller, lost) => {
  const { ended } = callsTexts[language].callsText;
  expect(ended(call)).toBe(byCaller);
  expect(ended({ ...call, endReason: CONNECTION_LOST })).toBe(lost);
});
