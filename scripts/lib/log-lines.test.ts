import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import {
  isShown,
  keptLevel,
  lineCutter,
  lineKeeper,
  outputOf,
  readableLine,
  safeLine,
} from '@/scripts/lib/log-lines';

function plain(line: string, secrets?: string[]) {
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
  expect(plain(`GET /rtc?access_token=${token}&x`)).toBe('GET /rtc?access_token=[secret]&x');
  expect(plain('{"level":30,"msg":"key","value":"hush-hush"}', ['hush-hush'])).not.toContain(
    'hush',
  );
});

it('lets no caller move the cursor, hide text or forge lines', () => {
  const text = 'a\u001b[2J\u001b[8m\u001b]0;x\u0007\u009b2J\u202e\r\u2028\nerror forged';
  const escaped =
    'a\\u001b[2J\\u001b[8m\\u001b]0;x\\u0007\\u009b2J\\u202e\\r\\u2028\\nerror forged';
  const record = { level: 40, msg: text, name: 'x', room: text, error: { message: text } };
  expect(plain(JSON.stringify(record))).toBe(
    `warning ${escaped}  room=${escaped} error=${escaped}`,
  );
  // As for programs that collect logs, and for the file.
  const line = JSON.stringify(record);
  expect(safeLine(line)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(JSON.parse(safeLine(line))).toEqual(record);
  expect(safeLine('\u001b[31m⨯\u001b[39m \u001b[38;2;1;2;3mGET\u001b[0m \u009b2J')).toBe(
    '\u001b[31m⨯\u001b[39m \u001b[38;2;1;2;3mGET\u001b[0m \\u009b2J',
  );
});

it('keeps the link for the first account', () => {
  const line = `There are no accounts yet: https://a.example/sign-up/${'x'.repeat(43)}`;
  expect(plain(line)).toBe(line);
});

it('drops noise and keeps unknown lines', () => {
  expect(plain('\u001b[1m▲ Next.js 16.4.6\u001b[22m')).toBeUndefined();
  expect(plain(' POST /api/workers/reports 204 in 3ms')).toBeUndefined();
  expect(plain(' POST /api/workers/reports 500 in 3ms')).toContain('500');
  expect(plain('\u001b[?25h')).toBeUndefined();
  const blocked = (loop: string) =>
    JSON.stringify({ level: 40, loop, msg: 'event loop blocked; …' });
  expect(plain(blocked('worker'))).toBeUndefined();
  expect(plain(blocked('job'))).toContain('blocked');
  const sink = (error: string) =>
    JSON.stringify({ level: 'warn', msg: 'error writing to request sink', error });
  expect(plain(sink('stream closed'))).toBeUndefined();
  expect(plain(sink('disk full'))).toContain('disk full');
  const msg = 'SegmentSynchronizerImpl.markPlaybackFinished called before text/audio input is done';
  expect(
    plain(JSON.stringify({ level: 40, textDone: false, audioDone: true, msg })),
  ).toBeUndefined();
  const state = (message: string) =>
    JSON.stringify({
      level: 50,
      err: `AbortError 20: ${message}`,
      msg: 'Failed to update agent state attributes',
    });
  expect(plain(state('This operation was aborted'))).toBeUndefined();
  expect(plain(state('timeout'))).toContain('timeout');
  const socket = (error: string) =>
    JSON.stringify({ level: 'warn', msg: 'error writing to websocket', error });
  expect(plain(socket('websocket: close sent'))).toBeUndefined();
  expect(plain(socket('broken pipe'))).toContain('broken pipe');
  const reading = (reason: string) =>
    JSON.stringify({ level: 50, msg: `error reading stream: Error: ${reason}` });
  const gone = 'Participant ann unexpectedly disconnected in the middle of sending data';
  expect(plain(reading(gone))).toBeUndefined();
  expect(plain(reading('too large'))).toContain('too large');
  expect(plain('{ not json')).toBe('{ not json');
});

it('splits chunks into lines', () => {
  const lines: string[] = [];
  const cut = lineCutter((line) => lines.push(line));
  for (const piece of ['a', 'b\nc\n', 'd']) cut(piece);
  expect(lines).toEqual(['ab', 'c']);
});

it('does not mix the lines of the two streams of a part', () => {
  const lines: string[] = [];
  const reader = outputOf(undefined, [], (line) => lines.push(line));
  const [out, err] = [reader(), reader()];
  out('begun ');
  err('an error\n');
  out('and ended\n');
  expect(lines).toEqual(['an error', 'begun and ended']);
});

describe("the LiveKit server's log", () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-log-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const text = (file: string) => readFileSync(file, 'utf8');

  it('is readable by its owner only, without secrets and routine requests', () => {
    const file = join(folder, 'a', 'log');
    const keep = lineKeeper(file, { secrets: ['hush-hush'] });
    keep('{"msg":"worker registered","key":"hush-hush"}');
    keep('{"level":"info","msg":"API RoomService.ListRooms","status":"200"}');
    keep('{"level":"info","msg":"API RoomService.ListRooms","status":"401"}');
    keep('token eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e30.c2lnbmF0dXJl');
    expect(text(file).trimEnd().split('\n')).toEqual([
      '{"msg":"worker registered","key":"[secret]"}',
      '{"level":"info","msg":"API RoomService.ListRooms","status":"401"}',
      'token [token]',
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('starts a new file at its maximum size, and keeps the previous one', () => {
    const file = join(folder, 'b', 'log');
    const keep = lineKeeper(file, { mostBytes: 20 });
    for (const line of ['first line', 'second line', 'third line']) keep(line);
    expect(text(`${file}.1`)).toBe('second line\n');
    expect(text(file)).toBe('third line\n');
    lineKeeper(file, { mostBytes: 20 })('fourth line');
    expect([text(`${file}.1`), text(file)]).toEqual(['third line\n', 'fourth line\n']);
  });

  it('never fails if the file cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => lineKeeper(join(folder, 'file', 'log'))('line')).not.toThrow();
  });

  it('shows lines of the requested level, and lines without a level', () => {
    const info = '{"level":"info","msg":"x"}';
    const warn = '{"level":"warn","msg":"x"}';
    expect([isShown(info), isShown(warn), isShown('panic: x')]).toEqual([false, true, true]);
    expect([isShown(info, 'info'), isShown(warn, 'error')]).toEqual([true, false]);
    expect(['warn', 'error', undefined, 'debug'].map(keptLevel)).toEqual([
      'info',
      'info',
      'info',
      'debug',
    ]);
  });
});
