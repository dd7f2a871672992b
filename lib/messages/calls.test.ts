// Titles of calls in lists, and how they ended.
import { expect, it, test } from 'vitest';
import { type CallSummary, CONNECTION_LOST } from '@/lib/calls/call';
import type { CallEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { callsMessages } from '@/lib/messages/calls';
import { callsText as german, callTitle as germanTitle } from '@/lib/messages/de/calls';
import { callsText, callTitle } from '@/lib/messages/en/calls';
import { sampleCall } from '@/lib/testing/calls';

const names = (name: string) => (name === 'front-desk' ? 'Ada' : name);
const AT = Date.UTC(2026, 10, 24, 10);

/** A call with an outcome whose caller gave the page no name. */
const unnamed = (caller?: string) =>
  foldCall(
    sampleCall(3, AT, { agent: 0, turns: 3, ending: 'caller' }).map((event: CallEvent) => {
      const { what } = event;
      const identity = 'caller-OYVokkYX0rM';
      const changed =
        what.kind === 'requested'
          ? { ...what, identity, name: undefined }
          : what.kind === 'person_joined'
            ? { ...what, identity, name: '' }
            : what.kind === 'outcome'
              ? { ...what, outcome: 'appointment' as const, caller }
              : what;
      return { ...event, what: changed, arrivedAt: event.at };
    }),
  ).call;

it('uses the name that the caller gave to the agent', () => {
  expect(callsText.who(unnamed('Jane Miller'), names)).toBe('Jane Miller → Ada');
  expect(callTitle(unnamed('Jane Miller'), names)).toBe('Ada: appointment booked');
});

it('shows an unnamed caller as a browser caller, without the generated identity', () => {
  expect(callsText.who(unnamed(), names)).toBe('Browser caller → Ada');
  expect(callTitle({ ...unnamed(), outcome: 'none' }, names)).toBe('The caller ended the call');
  expect(german.who(unnamed(), names)).toBe('Anruf im Browser → Ada');
  expect(germanTitle({ ...unnamed(), outcome: 'none' }, names)).toBe(
    'Der Anrufer hat das Gespräch beendet',
  );
  expect(callsText.who({ ...unnamed(), caller: 'Ann' }, names)).toBe('Ann → Ada');
});

it('titles a call by an outcome that no agent declares', () => {
  expect(callTitle({ ...unnamed(), outcome: 'gold' }, names)).toBe('Ada: gold');
});

const known: Partial<CallSummary> = {
  ...{ agents: ['front-desk'], caller: '', endedAt: 1, endedBy: 'caller' },
};
const call = known as CallSummary;

test.each([
  ['en', 'ended by the caller', 'the caller’s connection was lost'],
  ['de', 'vom Anrufer beendet', 'die Verbindung des Anrufers ging verloren'],
] as const)('describes the ending in %s', (language, byCaller, lost) => {
  const { ended } = callsMessages[language].callsText;
  expect(ended(call)).toBe(byCaller);
  expect(ended({ ...call, endReason: CONNECTION_LOST })).toBe(lost);
});
