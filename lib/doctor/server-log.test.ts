// Original log lines of livekit-server 1.13.5, and the fact in each.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { logFact, readServerLog, tokenFault } from '@/lib/doctor/server-log';

const line = (record: object) => JSON.stringify({ level: 'info', ts: 1795186017.4296, ...record });
const of = (record: object) => logFact(line(record));
const folder = process.env.DATA_DIR as string;
afterEach(() => rmSync(join(folder, 'logs'), { recursive: true, force: true }));

it.each([
  ['no response from servers', 'no answer'],
  ['no servers available (received 1 responses)', 'full'],
  ['no workers with sufficient capacity', 'refused'],
  ['context deadline exceeded', 'timed out'],
  ['request timed out', 'timed out'],
  ['something new', 'other'],
])('a job that was sent to nobody: %s', (error, why) => {
  expect(of({ msg: 'failed to send job request', error, agentName: 'a' })).toMatchObject({
    what: 'unsent',
    agent: 'a',
    why,
    at: 1795186017430,
  });
});

it('reads the other relevant lines, and no others', () => {
  const msg = 'not dispatching agent job since no worker is available';
  expect(of({ msg, agentName: 'a', room: 'r' })).toMatchObject({ why: 'no worker', room: 'r' });
  const failed = { msg: 'failed to assign job to worker', agentName: 'a', room: 'r' };
  expect(of({ ...failed, retry: true, error: 'worker not available' })).toBeUndefined();
  expect(of({ ...failed, retry: false, error: 'context deadline exceeded' })).toMatchObject({
    why: 'timed out',
    room: 'r',
  });
  expect(of({ msg: 'starting LiveKit server', version: '1.13.5' })).toMatchObject({
    what: 'started',
    version: '1.13.5',
  });
  expect(of({ msg: 'high cpu load', load: 1 })).toBeUndefined();
  expect(logFact('not JSON')).toBeUndefined();
  expect(logFact('[]')).toBeUndefined();
});

it('reads why a worker was refused, and never its token', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e30.c2lnbmF0dXJl';
  const error = `invalid token: ${token}, error: token signature is invalid: signature is invalid`;
  const fact = of({ msg: 'error handling request', status: 401, path: '/agent', error });
  expect(fact).toMatchObject({ what: 'unauthorized', path: '/agent', why: 'secret' });
  expect(fact?.line).not.toContain(token);
  expect(of({ msg: 'error handling request', status: 404, path: '/agent', error })).toBeUndefined();
});

it.each([
  ['invalid API key: other', 'key'],
  ['invalid token: x, error: token signature is invalid', 'secret'],
  ['validation failed, token is expired (exp)', 'clock'],
  ['go-jose/go-jose/jwt: validation failed, token not valid yet (nbf)', 'clock'],
  ['no permissions to access the room', undefined],
])('why a token is refused: %s', (words, why) => {
  expect(tokenFault(words)).toBe(why);
});

it('reads the rotated file too, and nothing if there is none', () => {
  expect(readServerLog(folder)).toEqual([]);
  mkdirSync(join(folder, 'logs'));
  const started = (version: string) => `${line({ msg: 'starting LiveKit server', version })}\n`;
  writeFileSync(join(folder, 'logs', 'livekit.log.1'), started('1'));
  writeFileSync(join(folder, 'logs', 'livekit.log'), `${started('2')}half a li`);
  expect(readServerLog(folder)).toMatchObject([{ version: '1' }, { version: '2' }]);
});
