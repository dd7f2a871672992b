// The caller's text is read, and only the beginning of an endless one.
import { ReadableStream } from 'node:stream/web';
import { initializeLogger } from '@livekit/agents';
import {
  ParticipantKind,
  type Room,
  type TextStreamHandler,
  TextStreamReader,
} from '@livekit/rtc-node';
import { expect, test, vi } from 'vitest';
import { PERSON_ATTRIBUTES, TYPED_MAX } from '../../lib/livekit/attributes';
import { onTextInput } from './text-input';

initializeLogger({ pretty: false, level: 'silent' });

/** Types in a room with a telephone, a caller who joined after it (Ann) and a colleague (Cat). */
function typing() {
  const phone = { identity: 'sip', kind: ParticipantKind.SIP, attributes: {} };
  const caller = { identity: 'ann', kind: ParticipantKind.STANDARD, attributes: {} };
  const takeover = { [PERSON_ATTRIBUTES.takeover]: 'stay' };
  const colleague = { identity: 'cat', kind: ParticipantKind.STANDARD, attributes: takeover };
  const all = [phone, caller, colleague];
  let handler: TextStreamHandler | undefined;
  const room = {
    remoteParticipants: new Map(all.map((one) => [one.identity, one])),
    registerTextStreamHandler(_: string, own: TextStreamHandler) {
      handler = own;
    },
  };
  const heard: string[] = [];
  onTextInput(room as unknown as Room, (text) => heard.push(text));
  const type = (identity: string, stream: object) =>
    handler?.(new TextStreamReader({} as TextStreamReader['info'], stream as never), { identity });
  return { heard, type };
}

const chunk = (text: string) => ({ content: new TextEncoder().encode(text) });

test('a text in chunks is one text', async () => {
  const { heard, type } = typing();
  await type('ann', ReadableStream.from([chunk('How '), chunk('are you?')]));
  expect(heard).toEqual(['How are you?']);
});

test('of an endless text, only enough is read to show that it is too long', async () => {
  const { heard, type } = typing();
  let pieces = 0;
  const cancel = vi.fn();
  await type(
    'ann',
    new ReadableStream({
      pull(controller) {
        pieces += 1;
        controller.enqueue(chunk('x'.repeat(100)));
      },
      cancel,
    }),
  );
  expect(heard.map(({ length }) => length)).toEqual([TYPED_MAX + 100]);
  expect(pieces).toBeLessThan(30);
  expect(cancel).toHaveBeenCalled();
});

test.each(['ben', 'cat'])('text from others is not read: %s', async (other) => {
  const { heard, type } = typing();
  const cancel = vi.fn();
  await type(other, new ReadableStream({ cancel }));
  expect(heard).toEqual([]);
  expect(cancel).toHaveBeenCalled();
});
