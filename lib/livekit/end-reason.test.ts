import { DisconnectReason as AgentReason } from '@livekit/rtc-node';
import { DisconnectReason as PageReason } from 'livekit-client';
import { ParticipantInfo } from 'livekit-server-sdk';
import { describe, expect, test } from 'vitest';
import {
  END_REASONS,
  type EndReason,
  readReason,
  reasonOfDisconnect,
} from '@/lib/livekit/end-reason';

type Numbered = readonly (readonly [name: string, number: number])[];

/** Names and numbers of an enum. */
const numbered = (reasons: object): Numbered =>
  Object.entries(reasons).filter(([, value]) => typeof value === 'number');

/** The reasons in a webhook: the server SDK does not export their enum. */
function ofServer(): Numbered {
  const field = ParticipantInfo.fields.findJsonName('disconnectReason');
  return field?.kind === 'enum' ? field.T.values.map(({ name, no }) => [name, no]) : [];
}

describe.each([
  ['the server SDK', ofServer()],
  ['the client SDK', numbered(PageReason)],
  ['the agents SDK', numbered(AgentReason)],
])('the disconnect reasons of %s', (_, reasons) => {
  test('all have a meaning', () => {
    expect(reasons.length).toBeGreaterThanOrEqual(17);
    const unknown = reasons.filter(([, number]) => reasonOfDisconnect(number) === 'unknown');
    expect(unknown).toEqual([['UNKNOWN_REASON', 0]]);
  });

  test('mean the same by name, as earlier releases stored them', () => {
    const byName = reasons.map(([name]) => [name, readReason(name)]);
    expect(byName).toEqual(reasons.map(([name, number]) => [name, reasonOfDisconnect(number)]));
  });
});

test('a disconnect without a reason, or for a later one, is unknown', () => {
  expect([undefined, 99, -1].map(reasonOfDisconnect)).toEqual(['unknown', 'unknown', 'unknown']);
});

test('each reason is read as itself', () => {
  expect(END_REASONS.map(readReason)).toEqual(END_REASONS);
});

test.each<[string, EndReason]>([
  ['handover', 'handoff'],
  ['handed over', 'handoff'],
  ['colleague came', 'takeover'],
  ['asked to leave', 'shutdown'],
  ['worker died', 'orphaned'],
  ['outdone', 'duplicate'],
  ['caller left', 'caller-left'],
  ['caller', 'caller-left'],
  ['room closed', 'disconnected'],
  ['no answer', 'no-answer'],
  ['no such number', 'no-such-number'],
  ['no line', 'line-failed'],
  ['of a later release', 'unknown'],
  ['constructor', 'unknown'],
  ['', 'unknown'],
])('reads "%s" as %s', (name, reason) => {
  expect(readReason(name)).toBe(reason);
});
