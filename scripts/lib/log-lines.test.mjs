import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { lineCutter, readableLine } from './log-lines.mjs';

function plain(line, secrets) {
  const text = readableLine(line, secrets);
  return text === undefined ? undefined : stripVTControlCharacters(text);
}

it('formats a JSON record as a readable line', () => {
  const record = {
    level: 40,
    time: 1,
    pid: 2,
    msg: 'report not delivered',
    error: { message: 'refused' },
  };
  expect(plain(JSON.stringify(record))).toBe('warning report not delivered  error=refused');
  expect(plain('{"level":"error","ts":1,"msg":"no room","room":"r"}')).toBe(
    'error no room  room=r',
  );
});

it('removes secrets and tokens', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
  expect(plain(`GET /rtc?access_token=${token}&x`)).toBe('GET /rtc?access_token=[token]&x');
  expect(plain('{"level":30,"msg":"key","value":"hush-hush"}', ['hush-hush'])).not.toContain(
    'hush',
  );
});

it('drops noise and keeps unknown lines', () => {
  expect(plain('\u001b[1m▲ Next.js 16.4.6\u001b[22m')).toBeUndefined();
  expect(plain(' POST /api/workers/reports 204 in 3ms')).toBeUndefined();
  expect(plain(' POST /api/workers/reports 500 in 3ms')).toContain('500');
  expect(plain('\u001b[?25h')).toBeUndefined();
  const blocked = (loop) => JSON.stringify({ level: 40, loop, msg: 'event loop blocked; …' });
  expect(plain(blocked('worker'))).toBeUndefined();
  expect(plain(blocked('job'))).toContain('blocked');
  const sink = (error) =>
    JSON.stringify({ level: 'warn', msg: 'error writing to request sink', error });
  expect(plain(sink('stream closed'))).toBeUndefined();
  expect(plain(sink('disk full'))).toContain('disk full');
  const msg = 'SegmentSynchronizerImpl.markPlaybackFinished called before text/audio input is done';
  expect(
    plain(JSON.stringify({ level: 40, textDone: false, audioDone: true, msg })),
  ).toBeUndefined();
  expect(plain('{ not json')).toBe('{ not json');
});

it('splits chunks into lines', () => {
  const lines = [];
  const cut = lineCutter((line) => lines.push(line));
  for (const piece of ['a', 'b\nc\n', 'd']) cut(piece);
  expect(lines).toEqual(['ab', 'c']);
});
