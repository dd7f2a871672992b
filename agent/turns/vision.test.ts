// What the caller shows is watched, and only so much of it.
import { EventEmitter } from 'node:events';
import { ParticipantKind, type Room, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { Vision } from '@/agent/turns/vision';

test('of any number of video tracks, a few are watched at the same time', () => {
  const room = new EventEmitter();
  const watched: unknown[] = [];
  new Vision(room as unknown as Room, async (track) => void watched.push(track));
  const caller = { kind: ParticipantKind.STANDARD, attributes: {} };
  const tracks = Array.from({ length: 50 }, () => ({ kind: TrackKind.KIND_VIDEO }));
  for (const track of tracks) room.emit(RoomEvent.TrackSubscribed, track, {}, caller);
  expect(watched).toEqual(tracks.slice(0, 4));
  room.emit(RoomEvent.TrackUnsubscribed, tracks[0]);
  const next = { kind: TrackKind.KIND_VIDEO };
  room.emit(RoomEvent.TrackSubscribed, next, {}, caller);
  expect(watched.at(-1)).toBe(next);
});
