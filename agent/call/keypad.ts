// Keys that a caller presses on a telephone, collected into one answer because people enter a
// number digit by digit.
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { KEYS_DONE, KEYS_PAUSE_MS } from '../../lib/call/pressed-keys';
import { TYPED_MAX } from '../../lib/livekit/attributes';

/**
 * Calls `heard` with the keys of each answer (without the final hash) and with all keys that were
 * pressed.
 */
export function hearKeypad(room: Room, heard: (keys: string, pressed: string) => void): void {
  let keys = '';
  let timer: NodeJS.Timeout | undefined;
  const whole = (done = '') => {
    clearTimeout(timer);
    const answer = keys;
    keys = '';
    if (answer) heard(answer, answer + done);
  };
  room.on(RoomEvent.DtmfReceived, (_code, key) => {
    if (key === KEYS_DONE) return whole(key);
    // A program can send any text as a key. One character over the limit is kept so that the caller
    // can be told that the input was too long.
    keys = (keys + key).slice(0, TYPED_MAX + 1);
    clearTimeout(timer);
    timer = setTimeout(whole, KEYS_PAUSE_MS);
  });
  room.on(RoomEvent.Disconnected, () => clearTimeout(timer));
}
