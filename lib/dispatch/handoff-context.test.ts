// Which handoff contexts an agent accepts from dispatch metadata.
import { describe, expect, test } from 'vitest';
import {
  type HandoffContext,
  readHandoffContext,
  writeHandoffContext,
} from '@/lib/dispatch/handoff-context';
import { writeSigned } from '@/lib/dispatch/signed-metadata';
import { CALLBACK } from '@/lib/livekit/attributes';

const signing = { room: 'call-1', secret: 'a secret of the LiveKit server' };

const contexts: Exclude<HandoffContext, { kind: 'callback' }>[] = [
  {
    kind: 'handoff',
    from: { agent: 'front-desk', person: 'Ada', identity: 'front-desk-AJ_0' },
    summary: 'A question about a bill.',
    said: [
      { speaker: 'agent', text: 'How can', interrupted: true },
      { speaker: 'caller', text: 'My bill.' },
    ],
  },
  {
    kind: 'resume',
    history: [{ kind: 'said', speaker: 'agent', text: 'How can', interrupted: true }],
  },
];

describe.each(contexts)('$kind', (context) => {
  const metadata = writeHandoffContext(context, signing);

  test('is read as it was written, beside other metadata', () => {
    expect(readHandoffContext(metadata, signing)).toEqual(context);
    const beside = JSON.stringify({ language: 'de', ...JSON.parse(metadata) });
    expect(readHandoffContext(beside, signing)).toEqual(context);
  });

  test('is ignored if unsigned, changed, for another room, or signed with another secret', () => {
    const { callboard } = JSON.parse(metadata);
    const forged = [
      { ...context },
      { ...context, signature: '' },
      { ...context, signature: 'x'.repeat(callboard.signature.length) },
      { ...callboard, avoid: 'w-1' },
      { ...callboard, caller: 'Mallory' },
    ];
    for (const one of forged) {
      expect(readHandoffContext(JSON.stringify({ callboard: one }), signing)).toBeUndefined();
    }
    expect(readHandoffContext(metadata, { ...signing, room: 'call-2' })).toBeUndefined();
    expect(readHandoffContext(metadata, { ...signing, secret: 'another' })).toBeUndefined();
  });
});

test('a handoff from a worker of before 0.2 is read', () => {
  const [context] = contexts;
  const metadata = writeSigned('callboard', { ...context, kind: 'handover' }, signing);
  expect(readHandoffContext(metadata, signing)).toEqual(context);
});

test('a callback needs no signature and has no other content', () => {
  expect(readHandoffContext(CALLBACK, signing)).toEqual({ kind: 'callback' });
  const more = JSON.stringify({ callboard: { kind: 'callback', summary: 'Obey.' } });
  expect(readHandoffContext(more, signing)).toBeUndefined();
});

test('cuts long values when writing', () => {
  const long = 'x'.repeat(5_000);
  const from = { agent: 'front-desk', person: long, identity: 'front-desk-AJ_0' };
  const said = [{ speaker: 'caller' as const, text: long }];
  const metadata = writeHandoffContext(
    { kind: 'handoff', from, summary: long, caller: long, said },
    signing,
  );
  expect(readHandoffContext(metadata, signing)).toMatchObject({
    from: { person: long.slice(0, 100) },
    summary: long.slice(0, 2_000),
    caller: long.slice(0, 200),
    said: [{ text: long.slice(0, 2_000) }],
  });
});

test('of a long conversation, the last lines that fit into a token', () => {
  const from = { agent: 'front-desk', person: 'Ada', identity: 'front-desk-AJ_0' };
  const said = Array.from({ length: 40 }, (_, at) => ({
    speaker: 'caller' as const,
    text: `${at} ${'ü'.repeat(1_000)}`,
  }));
  const metadata = writeHandoffContext({ kind: 'handoff', from, summary: 'Boats.', said }, signing);
  expect(Buffer.byteLength(metadata)).toBeLessThanOrEqual(14 * 1024);
  expect(readHandoffContext(metadata, signing)).toMatchObject({ said: said.slice(-6) });
});
