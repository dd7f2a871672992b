// Keeps the LiveKit server's output in a file of limited size, because it alone says why a call was not assigned to an
// agent. The doctor reads it (`lib/doctor/server-log.ts`).
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withoutSecrets } from './log-lines.mjs';
import { dataDir } from './paths.mjs';

/** Bytes after which a new file is started; the previous one is kept: about ten thousand lines. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Lines of every request with its metadata, which nobody needs. */
const ROUTINE = /"msg":"API [^"]*".*"status":"200"/;

/** Path of the LiveKit server's log. */
export const livekitLog = (env) => join(dataDir(env), 'logs', 'livekit.log');

/** Writes lines to the file. If the disk is full, logging stops, but not the server. */
export function lineKeeper(file, { secrets = [], mostBytes = MOST_BYTES } = {}) {
  let size;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return () => undefined;
  }
  return (raw) => {
    if (raw === '' || ROUTINE.test(raw)) return;
    const line = `${withoutSecrets(raw, secrets)}\n`;
    try {
      if (size + line.length > mostBytes) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      writeFileSync(file, line, { flag: 'a', mode: 0o600 });
      size += line.length;
    } catch {
      // The log only helps with diagnosis.
    }
  };
}

/** Levels in ascending order, as in `LOG_LEVEL`. */
const LEVELS = ['debug', 'info', 'warn', 'error'];

/** The level at which the server logs dispatches, or a lower one that is requested. */
export const keptLevel = (level) => (level === 'debug' ? 'debug' : 'info');

/** Whether a line has the requested level, or none. */
export function isShown(line, level = 'warn') {
  const own = LEVELS.indexOf(line.match(/^\{"level":"(\w+)"/)?.[1]);
  return own < 0 || own >= LEVELS.indexOf(LEVELS.includes(level) ? level : 'warn');
}
