// What a worker knows of its agents that have lost LiveKit, from the room in one process to the question in another.
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { RoomEvent } from '@livekit/rtc-node';
import { afterEach, expect, test } from 'vitest';
import { ReconnectingAgents, reportConnection } from '@/agent/reporting/reconnecting';

const { send } = process;
afterEach(() => {
  if (send) process.send = send;
  else delete process.send;
});

test('an agent reconnects until it is back, has given up, or its process has ended', () => {
  const room = new EventEmitter();
  const child = new EventEmitter();
  process.send = (message: unknown) => child.emit('message', message);
  reportConnection(room as never);
  const agents = new ReconnectingAgents();
  agents.watch(child as ChildProcess, { room: 'call', agent: 'front-desk' });
  const reconnects = () => agents.has({ room: 'call', agent: 'front-desk' });
  expect(reconnects()).toBe(false);

  for (const over of [RoomEvent.Reconnected, RoomEvent.Disconnected]) {
    room.emit(RoomEvent.Reconnecting);
    child.emit('message', { case: 'pongResponse' });
    child.emit('message', null);
    expect(reconnects()).toBe(true);
    expect(agents.has({ room: 'call', agent: 'billing' })).toBe(false);
    expect(agents.has({ room: 'another', agent: 'front-desk' })).toBe(false);
    room.emit(over);
    expect(reconnects()).toBe(false);
  }

  room.emit(RoomEvent.Reconnecting);
  child.emit('exit');
  expect(reconnects()).toBe(false);
});
