// Responses of the routes of calls, as pages read them: each field arrives, and what is no call is refused.
import { expect, it } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { callAnswer, callsAnswer, deletedAnswer } from '@/lib/calls/view/answers';
import { toWire } from '@/lib/core/snake-case';
import { sampleCall } from '@/lib/testing/calls';

const AT = Date.UTC(2026, 10, 20, 10, 42);
const timeline = foldCall(
  sampleCall(7, AT, { agent: 0, deployment: 'staging', turns: 4, ending: 'caller' }).map(
    (event) => ({ ...event, arrivedAt: event.at }),
  ),
);
/** As it arrives in the browser. */
const sent = (value: unknown) => JSON.parse(JSON.stringify(toWire(value)));
/** Without fields that JSON leaves out. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

it('reads a call with its timeline', () => {
  const detail = { ...timeline, newer: 'c-2' };
  expect(new Set(timeline.marks.map(({ kind }) => kind))).toEqual(
    new Set(['turn', 'tool', 'event']),
  );
  expect(plain(callAnswer.parse(sent(detail)))).toEqual(plain(detail));
});

it('reads a page of calls, also of one that has just begun', () => {
  const { id, room, origin, caller, agents, deployments, requestedAt, outcome } = timeline.call;
  const begun = { id, room, origin, caller, agents, deployments, requestedAt, outcome };
  const calls = [
    timeline.call,
    { ...begun, turns: 0, errors: 0, answerMs: [], agentState: 'idle' },
  ];
  expect(plain(callsAnswer.parse(sent({ calls, nextCursor: 'x' })))).toEqual(
    plain({ calls, nextCursor: 'x' }),
  );
});

it('reads what was not deleted, if anything', () => {
  const left = { notDeleted: [{ file: 'a.ogg', location: 's3://a' }], lettaLater: true };
  expect(deletedAnswer.parse(sent(left))).toEqual(left);
  expect(deletedAnswer.parse(undefined)).toBeUndefined();
});

it('refuses the response of another version', () => {
  expect(() => callAnswer.parse(sent({ ...timeline, marks: [{ kind: 'song' }] }))).toThrow('marks');
  expect(() => callsAnswer.parse({ calls: [{}] })).toThrow('calls');
});
