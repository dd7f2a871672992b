// Which lines of the LiveKit server's output are kept, and which are shown.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isShown, keptLevel, lineKeeper, livekitLog } from './livekit-log.mjs';

const folder = mkdtempSync(join(tmpdir(), 'callboard-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const text = (file) => readFileSync(file, 'utf8');

it('is where the doctor reads it', () => {
  expect(livekitLog({ DATA_DIR: folder })).toBe(join(folder, 'logs', 'livekit.log'));
});

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
