// Formats output of processes: JSON records (LiveKit, the workers) become a message with details, secrets are removed, and
// noise is dropped.
import { stripVTControlCharacters } from 'node:util';
import { dim, red, yellow } from './terminal.mjs';

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
  // Logged by LiveKit Agents if an answer stops playing before it was complete. It has no consequences.
  /"msg":"SegmentSynchronizerImpl\.markPlaybackFinished called before text\/audio input is done"/,
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
function mark(level) {
  if (level === 'error' || level === 'fatal' || level >= 50) return red('error ');
  return level === 'warn' || level === 40 ? yellow('warning ') : '';
}

/** Removes access tokens and the given secrets. */
export function withoutSecrets(line, secrets = []) {
  return secrets
    .filter(Boolean)
    .reduce((text, secret) => text.replaceAll(secret, '[secret]'), line)
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[token]');
}

/** The line to show; undefined for noise. */
export function readableLine(raw, secrets = []) {
  const line = withoutSecrets(raw, secrets).replace(CURSOR_CODES, '').trimEnd();
  const bare = stripVTControlCharacters(line);
  if (bare.trim() === '' || NOISE.some((noise) => noise.test(bare))) return undefined;
  const record = line.startsWith('{') ? parse(line) : undefined;
  if (!record || typeof record.msg !== 'string') return line;
  const details = Object.entries(record)
    .filter(([name]) => !ROUTINE.has(name))
    .map(([name, value]) => `${name}=${plain(value)}`)
    .join(' ');
  const shown = details.length > DETAILS ? `${details.slice(0, DETAILS)}…` : details;
  return `${mark(record.level)}${record.msg}${shown ? `  ${dim(shown)}` : ''}`;
}

function plain(value) {
  if (typeof value !== 'object' || value === null) return String(value);
  return typeof value.message === 'string' ? value.message : JSON.stringify(value);
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Splits the chunks of a stream into lines. */
export function lineCutter(onLine) {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop();
    lines.forEach(onLine);
  };
}
