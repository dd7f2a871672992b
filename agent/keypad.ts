// Keys that a caller presses on a telephone: gathered to one answer, as people press a number digit by digit.
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { TYPED_MAX } from '../lib/signals';

/** Milliseconds without a key after which the answer is whole. Our own choice: people look for the next. */
export const PAUSE_MS = 1_500;
/** The key that ends an answer at once. */
const DONE = '#';

/** Calls `heard` with the keys of each answer, without the {@link DONE} that ended it. */
export function hearKeypad(room: Room, heard: (keys: string) => void): void {
  let keys = '';
  let timer: NodeJS.Timeout | undefined;
  const whole = () => {
    clearTimeout(timer);
    const answer = keys;
    keys = '';
    if (answer) heard(answer);
  };
  room.on(RoomEvent.DtmfReceived, (_code, key) => {
    if (key === DONE) return whole();
    // A program can send any text as a key. One too many, so that it can be told that it was too long.
    keys = (keys + key).slice(0, TYPED_MAX + 1);
    clearTimeout(timer);
    timer = setTimeout(whole, PAUSE_MS);
  });
  room.on(RoomEvent.Disconnected, () => clearTimeout(timer));
}
