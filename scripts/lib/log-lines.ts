// Output of processes. On the terminal JSON records (LiveKit, the workers) become a message with details, secrets are
// removed, and noise is dropped. The LiveKit server's output is also kept in a file.
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { jsonIn } from '@/lib/core/json';
import { oneLine } from '@/lib/core/log';
import { withoutCredentials } from '@/lib/core/redact';
import { dataDir } from '@/scripts/lib/environment';
import { dim, red, shownText, yellow } from '@/scripts/lib/terminal';

/** Maximum characters of details after a message. */
const DETAILS = 200;

/** Fields of every record that readers do not need. */
const ROUTINE = new Set(
  'level ts time pid hostname name logger caller msg v version node nodeID stacktrace'.split(' '),
);

/** Lines that require no action. */
const NOISE = [
  // Logged by livekit-server at every ordinary hang-up.
  /error reading data channel/,
  // The same, if the agent's last request comes after it.
  /^(?=.*"error":"stream closed").*"msg":"error writing to request sink"/,
  // The same, if the server was still answering.
  /^(?=.*"error":"websocket: close sent").*"msg":"error writing to websocket"/,
  // Logged by livekit-server if a caller hangs up while connecting.
  /^(?=.*"error":"request canceled").*"msg":"could not handle new participant"/,
  // Logged by LiveKit Agents if an answer stops playing before it was complete. It has no consequences.
  /"msg":"SegmentSynchronizerImpl\.markPlaybackFinished called before text\/audio input is done"/,
  // Logged by LiveKit Agents if an answer is interrupted at its beginning. It waits for the previous one by itself.
  /"msg":"rotateSegment called while previous segment is still being rotated"/,
  // Logged by LiveKit Agents if the room closes before the agent's state or last words are sent: nobody is left to see them.
  /^(?=.*"err(?:or)?":"\w+(?: \d+)?: This operation was aborted").*"msg":"(Failed to update agent state attributes|failed to publish transcription)"/,
  // Logged by LiveKit's library if a caller hangs up while sending. What is missing then, the agent says itself.
  /"msg":"error reading stream: .* unexpectedly disconnected in the middle of sending data"/,
  // Logged whenever the machine is busy for a tenth of a second, and for a worker's main loop, which carries no audio,
  // while its job processes start.
  /"msg":"process not scheduled/,
  /^(?=.*"loop":"worker").*"msg":"event loop blocked/,
  // Next's banner and its echo: our own has the URL.
  /^\s*(▲ Next\.js|- (Local|Network|Environments?):|✓ (Starting|Ready|Running next\.config))/,
  // `next dev` logs each request: these are workers' reports and our own checks.
  /^\s*(GET|POST) \/api\/(health|agents|workers\/reports) 2\d\d /,
];

/** Terminal escape codes other than colors: they would move the cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with ESC.
const CURSOR_CODES = /\u001b\[\??[\d;]*[A-HJKSTfhlsu]/g;

/** Marks a pino or zap level. */
function mark(level: unknown): string {
  if (level === 'error' || level === 'fatal' || Number(level) >= 50) return red('error ');
  return level === 'warn' || level === 40 ? yellow('warning ') : '';
}

/**
 * A line of a process without credentials, and with colors as its only control characters: a caller may have sent part of
 * it. The link for the first account stays, as the web process prints it for the operator.
 */
export const safeLine = (line: string, secrets: readonly string[] = []): string =>
  shownText(withoutCredentials(line, secrets));

/** The line to show; undefined for noise. */
export function readableLine(raw: string, secrets: readonly string[] = []): string | undefined {
  const line = safeLine(raw.replace(CURSOR_CODES, '').trimEnd(), secrets);
  const bare = stripVTControlCharacters(line);
  if (bare.trim() === '' || NOISE.some((noise) => noise.test(bare))) return undefined;
  const record = line.startsWith('{')
    ? (jsonIn(line) as Record<string, unknown> | undefined)
    : undefined;
  if (!record || typeof record.msg !== 'string') return line;
  const details = Object.entries(record)
    .filter(([name]) => !ROUTINE.has(name))
    .map(([name, value]) => `${name}=${plain(value)}`)
    .join(' ');
  const shown = details.length > DETAILS ? `${details.slice(0, DETAILS)}…` : details;
  return `${mark(record.level)}${oneLine(record.msg)}${shown ? `  ${dim(oneLine(shown))}` : ''}`;
}

function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return 'message' in value && typeof value.message === 'string'
    ? value.message
    : JSON.stringify(value);
}

/** Splits the chunks of a stream into lines. */
export function lineCutter(onLine: (line: string) => void): (piece: string | Buffer) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}

/** Bytes after which a new file is started; the previous one is kept: about ten thousand lines. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Lines of every request with its metadata, which nobody needs. */
const REQUEST = /"msg":"API [^"]*".*"status":"200"/;

/**
 * Path of the LiveKit server's log, which alone says why a call was not assigned to an agent. The doctor reads it
 * (`lib/doctor/server-log.ts`).
 */
export const livekitLog = (env: Parameters<typeof dataDir>[0]): string =>
  join(dataDir(env), 'logs', 'livekit.log');

/** Writes lines to the file. If the disk is full, logging stops, but not the server. */
export function lineKeeper(
  file: string,
  { secrets = [] as readonly string[], mostBytes = MOST_BYTES } = {},
): (line: string) => void {
  let size: number;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return () => undefined;
  }
  return (raw) => {
    if (raw === '' || REQUEST.test(raw)) return;
    const line = `${safeLine(raw, secrets)}\n`;
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
export const keptLevel = (level: string | undefined): string =>
  level === 'debug' ? 'debug' : 'info';

/** Whether a line has the requested level, or none. */
export function isShown(line: string, level = 'warn'): boolean {
  const own = LEVELS.indexOf(line.match(/^\{"level":"(\w+)"/)?.[1] ?? '');
  return own < 0 || own >= LEVELS.indexOf(LEVELS.includes(level) ? level : 'warn');
}

/**
 * The output of a part: kept in its file, and shown from its level.
 * @param onText called with each line to show
 * @param read makes the line to show
 * @returns makes a reader for the chunks of a stream, so that lines of two streams do not mix
 */
export function outputOf(
  log: { readonly file: string; readonly shown: string } | undefined,
  secrets: readonly string[],
  onText: (text: string) => void,
  read: (line: string, secrets: readonly string[]) => string | undefined = readableLine,
): () => ReturnType<typeof lineCutter> {
  const keep = log && lineKeeper(log.file, { secrets });
  const onLine = (line: string) => {
    keep?.(line);
    if (log && !isShown(line, log.shown)) return;
    const text = read(line, secrets);
    if (text !== undefined) onText(text);
  };
  return () => lineCutter(onLine);
}
