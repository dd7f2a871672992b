// Keeps what the LiveKit server writes in a file of bounded size: why a call was given to nobody it says
// nowhere else. The doctor reads it (`lib/doctor/server-log.ts`).
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withoutSecrets } from './log-lines.mjs';
import { dataDir } from './paths.mjs';

/** Bytes after which a new file is begun; the one before is kept: some ten thousand lines. */
const MOST_BYTES = 2 * 1024 * 1024;

/** What every request leaves, with its metadata, and nobody looks for. */
const ROUTINE = /"msg":"API [^"]*".*"status":"200"/;

/** Where the server's lines are kept. */
export const livekitLog = (env) => join(dataDir(env), 'logs', 'livekit.log');

/** Takes lines into the file. A disk that is full ends the keeping, never the server. */
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
      // It is only for those who look for a fault.
    }
  };
}

/** Levels by their rank, as `LOG_LEVEL` names them. */
const LEVELS = ['debug', 'info', 'warn', 'error'];

/** The level at which the server says what becomes of a dispatch, or a lower one that is asked for. */
export const keptLevel = (level) => (level === 'debug' ? 'debug' : 'info');

/** Whether a line is of the level that is to be shown, or of none. */
export function isShown(line, level = 'warn') {
  const own = LEVELS.indexOf(line.match(/^\{"level":"(\w+)"/)?.[1]);
  return own < 0 || own >= LEVELS.indexOf(LEVELS.includes(level) ? level : 'warn');
}
