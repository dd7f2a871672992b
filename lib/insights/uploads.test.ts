// What the logs of a process say about its sessions.
import { expect, it } from 'vitest';
import type { OtlpLog } from '@/lib/insights/otlp';
import { attributesOf } from '@/lib/insights/testing/uploads';
import { uploadsOfLogs } from '@/lib/insights/uploads';

const AT = 1_795_738_400_000;

/** The errors of a logged record. */
function errorsOf(record: OtlpLog, attributes: object, logger = 'my-agent') {
  const named = attributesOf({
    room_id: 'RM_1',
    job_id: 'AJ_1',
    'logger.name': logger,
    ...attributes,
  });
  const logRecords = [{ timeUnixNano: AT * 1_000_000, ...record, attributes: named }];
  const scopeLogs = [{ scope: { name: logger }, logRecords }];
  return uploadsOfLogs({ resourceLogs: [{ scopeLogs }] }, false).flatMap(({ events }) =>
    events.map(({ what }) => what),
  );
}
const error = { severityNumber: 17, body: { stringValue: 'cannot hear' } };
const thrown = { 'exception.type': 'ValueError', 'exception.message': 'no key' };

it('a logged error is one of the call', () => {
  const told = { kind: 'error', where: 'log' };
  expect(errorsOf(error, {})).toMatchObject([{ ...told, message: 'cannot hear' }]);
  expect(errorsOf(error, thrown)).toMatchObject([{ ...told, message: 'cannot hear: no key' }]);
  expect(errorsOf(error, {}, 'livekit.agents')).toHaveLength(1);
  expect(errorsOf({ ...error, spanId: 'a1' }, {})).toHaveLength(1);
});

it.each<[string, OtlpLog, object, string]>([
  ['a warning', { ...error, severityNumber: 13 }, {}, 'my-agent'],
  ['an exception of a span, which its trace has', { ...error, spanId: 'a1' }, thrown, 'my-agent'],
  ['what LiveKit’s client logs when a room closes', error, {}, 'livekit'],
  ['the same by its rtc library', error, {}, 'livekit.rtc'],
])('%s is none', (_, record, attributes, logger) => {
  expect(errorsOf(record, attributes, logger)).toEqual([]);
});
