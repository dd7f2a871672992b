// Written input: texts and keys of the caller are read, and only the beginning of endless ones.

import { EventEmitter } from 'node:events';
import { ReadableStream } from 'node:stream/web';
import { initializeLogger } from '@livekit/agents';
import {
  ParticipantKind,
  type Room,
  RoomEvent,
  type TextStreamHandler,
  TextStreamReader,
} from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KEYS_PAUSE_MS as PAUSE_MS } from '../../lib/call/pressed-keys';
import { PERSON_ATTRIBUTES, TYPED_MAX } from '../../lib/livekit/attributes';
import { hearKeypad, onTextInput } from './text-input';

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

function keypad() {
  const room = new EventEmitter();
  const heard: string[] = [];
  const pressed: string[] = [];
  hearKeypad(room as unknown as Room, (keys, all) => {
    heard.push(keys);
    pressed.push(all);
  });
  const press = (...keys: string[]) => {
    for (const key of keys) room.emit(RoomEvent.DtmfReceived, 0, key);
  };
  return { room, heard, pressed, press };
}

describe('keys form one answer, ended by a pause or by the hash key', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a number is complete after a pause', () => {
    const { heard, press } = keypad();
    press('5', '5');
    vi.advanceTimersByTime(PAUSE_MS - 1);
    press('0', '*');
    vi.advanceTimersByTime(PAUSE_MS - 1);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(['550*']);
  });

  test('the hash key ends it immediately and means nothing alone', () => {
    const { heard, pressed, press } = keypad();
    press('#', '1', '#', '2', '#', '#');
    expect(heard).toEqual(['1', '2']);
    expect(pressed).toEqual(['1#', '2#']);
    vi.advanceTimersByTime(PAUSE_MS * 2);
    expect(heard).toHaveLength(2);
  });

  test('endless key presses are cut', () => {
    const { heard, press } = keypad();
    press('x'.repeat(1_000_000), '1', '#');
    expect(heard.map((keys) => keys.length)).toEqual([TYPED_MAX + 1]);
  });

  test('keys pressed before the call ended are discarded', () => {
    const { room, heard, press } = keypad();
    press('1');
    room.emit(RoomEvent.Disconnected);
    vi.advanceTimersByTime(PAUSE_MS * 2);
    expect(heard).toEqual([]);
  });
});
