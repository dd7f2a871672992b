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
import { hearKeypad, InputLimit, onTextInput, TURNS_MAX } from '@/agent/call/text-input';
import { KEYS_PAUSE_MS as PAUSE_MS } from '@/lib/call/pressed-keys';
import { PERSON_ATTRIBUTES, TYPED_MAX } from '@/lib/livekit/attributes';

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

test('of endless texts at the same time, only some are read, and others can still write', async () => {
  const { heard, type } = typing();
  const cancel = vi.fn();
  const ends: (() => void)[] = [];
  const endless = () =>
    new ReadableStream({ start: (controller) => void ends.push(() => controller.close()), cancel });
  const texts = Array.from({ length: 100 }, () => type('ann', endless()));
  await expect.poll(() => cancel.mock.calls.length).toBe(100 - 32);
  await type('ann', ReadableStream.from([chunk('More')]));
  expect(heard).toEqual([]);
  await type('sip', ReadableStream.from([chunk('Hello')]));
  expect(heard).toEqual(['Hello']);
  // Those that have ended make room.
  for (const end of ends) {
    try {
      end();
    } catch {
      // It was cancelled.
    }
  }
  await Promise.all(texts);
  await type('ann', ReadableStream.from([chunk('Sorry')]));
  expect(heard.at(-1)).toBe('Sorry');
});

describe('how often written input is answered', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function limit() {
    const answered: { text: string; pressed?: string | undefined }[] = [];
    const exhausted = vi.fn();
    const input = new InputLimit((text, pressed) => answered.push({ text, pressed }), exhausted);
    return { input, answered, exhausted, texts: () => answered.map(({ text }) => text) };
  }

  test('a few texts are answered at once, one by one', () => {
    const { input, texts } = limit();
    const few = Array.from({ length: 10 }, (_, at) => `text ${at}`);
    for (const text of few) input.take(text);
    expect(texts()).toEqual(few);
  });

  test.each([' ', '\n', '\u00a0', '\u200b', '\u2800', '\u0007'])(
    '%j is not answered, alone or with others, as text or as keys',
    (blank) => {
      const { input, answered, exhausted } = limit();
      for (let at = 0; at <= TURNS_MAX; at += 1) input.take(blank, at % 2 ? blank : undefined);
      expect([answered, exhausted.mock.calls]).toEqual([[], []]);
      input.take('Ada');
      vi.advanceTimersByTime(60_000);
      expect(answered).toEqual([{ text: 'Ada', pressed: undefined }]);
    },
  );

  test('of a flood, one turn a second is answered, with a limited text', () => {
    const { input, answered } = limit();
    for (let at = 0; at < 6_000; at += 1) {
      input.take(`${at} ${'x'.repeat(1_990)}`);
      vi.advanceTimersByTime(10);
    }
    // A burst and a minute.
    expect(answered.length).toBeLessThanOrEqual(10 + 60 + 1);
    expect(answered.length).toBeGreaterThan(60);
    expect(Math.max(...answered.map(({ text }) => text.length))).toBe(TYPED_MAX + 1);
  });

  test('what comes too fast is answered together, keys as keys', () => {
    const { input, answered } = limit();
    for (let at = 0; at < 10; at += 1) input.take('-');
    input.take('1', '1#');
    input.take('2', '2#');
    vi.advanceTimersByTime(1_000);
    expect(answered.slice(10)).toEqual([{ text: '1\n2', pressed: '1#2#' }]);
    input.take('3', '3#');
    input.take('or four');
    vi.advanceTimersByTime(1_000);
    expect(answered.at(-1)).toEqual({ text: '3\nor four', pressed: undefined });
  });

  test('a call has a limited number of turns, and says so once', () => {
    const { input, answered, exhausted } = limit();
    for (let at = 0; at < TURNS_MAX + 100; at += 1) {
      input.take('Hello');
      vi.advanceTimersByTime(2_000);
    }
    expect(answered).toHaveLength(TURNS_MAX);
    expect(exhausted).toHaveBeenCalledTimes(1);
  });

  test('what waits at the end of the call is forgotten', () => {
    const { input, texts } = limit();
    for (let at = 0; at < 12; at += 1) input.take('-');
    input.stop();
    vi.advanceTimersByTime(5_000);
    expect(texts()).toHaveLength(10);
  });
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
