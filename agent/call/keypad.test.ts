// Single key presses form one answer, ended by a pause or by the hash key.
import { EventEmitter } from 'node:events';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KEYS_PAUSE_MS as PAUSE_MS } from '../../lib/call/pressed-keys';
import { TYPED_MAX } from '../../lib/livekit/attributes';
import { hearKeypad } from './keypad';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

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
