// How a call is named in lists, and how it ended: a lost connection is nobody's will.
import { expect, it, test } from 'vitest';
import { type CallSummary, CONNECTION_LOST } from '@/lib/calls/call';
import type { CallEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { sampleCall } from '@/lib/testing/calls';
import { callsTexts } from './calls';
import { callsText as german, callTitle as germanTitle } from './de-calls';
import { callsText, callTitle } from './en-calls';

const AT = Date.UTC(2026, 10, 24, 10);

/** A call with an outcome, by a caller who gave no name to the page. */
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

it('names the caller by the name that the agent was told', () => {
  expect(callsText.who(unnamed('Jane Miller'))).toBe('Jane Miller → Ada');
  expect(callTitle(unnamed('Jane Miller'))).toBe('Ada booked an appointment');
});

it('calls a caller without a name a browser caller, and shows no identity that was made up', () => {
  expect(callsText.who(unnamed())).toBe('Browser caller → Ada');
  expect(callTitle({ ...unnamed(), outcome: 'none' })).toBe('The caller ended the call');
  expect(german.who(unnamed())).toBe('Anruf im Browser → Ada');
  expect(germanTitle({ ...unnamed(), outcome: 'none' })).toBe(
    'Der Anrufer hat das Gespräch beendet',
  );
  expect(callsText.who({ ...unnamed(), caller: 'Ann' })).toBe('Ann → Ada');
});

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
