import { expect, test } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { eventAt } from '@/lib/testing/call-events';

const staff = { agent: 'front-desk', deployment: 'production' };
const agent = { identity: 'a-1', agent: 'front-desk' };
const left = [
  eventAt('requested', 0, { origin: 'page', ...staff, identity: 'ann', name: 'Ann' }),
  eventAt('room_started', 50, {}),
  eventAt('person_joined', 100, { identity: 'ann', name: 'Ann', role: 'caller' }),
  eventAt('agent_joined', 400, { ...agent, ...staff, worker: 'w1' }),
  eventAt('person_left', 8_000, { identity: 'ann', why: 'left' }),
  eventAt('agent_left', 8_040, { ...agent, why: 'disconnected' }, { id: 'own' }),
];

test('a participant who is disconnected because LiveKit ends the room implies its end', () => {
  const sent = eventAt('agent_left', 8_050, { ...agent, why: 'room-deleted' });
  expect(foldCall([...left, sent]).call).toMatchObject({ endedBy: 'caller' });
});

test("an agent's own report does not imply the end of the room", () => {
  expect(foldCall(left).call.endedBy).toBe(undefined);
});
