// Titles of calls in lists, and how they ended.
import { expect, it, test } from 'vitest';
import { type CallSummary, CONNECTION_LOST } from '@/lib/calls/call';
import type { CallEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { callTitle, endedText, type Wording, whoText } from '@/lib/calls/view/call-words';
import { type Language, LOCALES } from '@/lib/core/language';
import { catalogueWords } from '@/lib/messages/catalogue';
import { translator } from '@/lib/messages/messages';
import { sampleCall } from '@/lib/testing/calls';

const PEOPLE = new Map([
  ['front-desk', 'Ada'],
  ['billing', 'Milo'],
]);
function wordingIn(language: Language): Wording {
  const locale = LOCALES[language];
  const { outcomeLabel } = catalogueWords(translator(language, 'catalogue'), locale);
  const nameOf = (name: string) => PEOPLE.get(name) ?? name;
  return { t: translator(language, 'calls'), locale, nameOf, outcomeLabel };
}
const english = wordingIn('en');
const german = wordingIn('de');
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

/** The same, of which nobody knows what it was about. */
const untitled = (caller?: string): CallSummary => ({ ...unnamed(caller), topic: undefined });

it('uses the name that the caller gave to the agent', () => {
  expect(whoText(unnamed('Jane Miller'), english)).toBe('Jane Miller → Ada');
});

it('shows an unnamed caller without the generated identity', () => {
  expect(whoText(unnamed(), english)).toBe('Caller → Ada');
  expect(whoText(unnamed(), german)).toBe('Anrufer → Ada');
  expect(whoText({ ...unnamed(), caller: 'Ann' }, english)).toBe('Ann → Ada');
});

it('titles a call by what it was about, however it ended', () => {
  expect(callTitle(unnamed(), english)).toBe('When are you open on Saturday?');
  const failed = { ...unnamed(), topic: 'my bill', endedBy: 'agent failed', outcome: 'none' };
  expect(callTitle(failed as CallSummary, english)).toBe('My bill');
  expect(callTitle({ ...unnamed(), endedAt: undefined }, english)).toMatch(/^When are you open/);
});

it('titles a call without a topic by its outcome, also one that no agent declares', () => {
  expect(callTitle(untitled(), english)).toBe('Ada: appointment booked');
  expect(callTitle({ ...untitled(), outcome: 'gold' }, english)).toBe('Ada: gold');
  const both = { ...untitled(), agents: ['front-desk', 'billing'] };
  expect(callTitle({ ...both, outcome: 'handed off' }, german)).toBe('Ada hat an Milo übergeben');
});

it('titles a call of which nothing is known by who took part', () => {
  const call = { ...untitled(), outcome: 'none', endedBy: 'agent' } as const;
  const both = { ...call, agents: ['front-desk', 'billing'] };
  const none = { ...call, agents: [] };
  expect([call, both, none].map((one) => callTitle(one, english))).toEqual([
    'Call with Ada',
    'Call with Ada and Milo',
    'Call without an agent',
  ]);
  expect([call, both, none].map((one) => callTitle(one, german))).toEqual([
    'Anruf bei Ada',
    'Anruf bei Ada und Milo',
    'Anruf ohne Agent',
  ]);
  const live = { endedAt: undefined, endedBy: undefined };
  expect(callTitle({ ...none, ...live }, german)).toBe('Im Gespräch mit einem Agenten');
  expect(callTitle({ ...call, ...live, joinedAt: undefined }, english)).toBe('Waiting for Ada');
});

const known: Partial<CallSummary> = {
  ...{ agents: ['front-desk'], caller: '', endedAt: 1, endedBy: 'caller' },
};
const call = known as CallSummary;

test.each([
  ['en', 'ended by the caller', 'the caller’s connection was lost'],
  ['de', 'vom Anrufer beendet', 'die Verbindung des Anrufers ging verloren'],
] as const)('describes the ending in %s', (language, byCaller, lost) => {
  const t = translator(language, 'calls');
  expect(endedText(call, t)).toBe(byCaller);
  expect(endedText({ ...call, endReason: CONNECTION_LOST }, t)).toBe(lost);
});
