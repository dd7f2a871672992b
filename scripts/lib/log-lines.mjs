// Makes one readable line of what a process writes: JSON records (LiveKit, the workers) become a
// message with its details; secrets never pass; what is only noise is dropped.
import { stripVTControlCharacters } from 'node:util';
import { dim, red, yellow } from './say.mjs';

/** Characters of details shown after a message. */
const DETAILS = 200;

/** Fields that every record has and no reader needs. */
const ROUTINE = new Set(
  'level ts time pid hostname name logger caller msg v version node nodeID stacktrace'.split(' '),
);

/** Lines that say nothing to act on. */
const NOISE = [
  // Said by livekit-server at every ordinary hang-up.
  /error reading data channel/,
  // The same, where the agent's own last request comes after that.
  /^(?=.*"error":"stream closed").*"msg":"error writing to request sink"/,
  // Said by LiveKit's agents where an answer stops being played before all of it was made. Nothing follows from it.
  /"msg":"SegmentSynchronizerImpl\.markPlaybackFinished called before text\/audio input is done"/,
  // Said whenever the machine is busy for a tenth of a second; and of a worker's own loop, which
  // carries no audio, while the processes of its jobs start.
  /"msg":"process not scheduled/,
  /^(?=.*"loop":"worker").*"msg":"event loop blocked/,
  // Next's own banner and its echo: the address stands in ours.
  /^\s*(▲ Next\.js|- (Local|Network|Environments?):|✓ (Starting|Ready|Running next\.config))/,
  // `next dev` logs each request; these are the workers' reports and our own questions.
  /^\s*(GET|POST) \/api\/(health|agents|workers\/reports) 2\d\d /,
];

/** Terminal codes other than colours: they move a cursor that is not the writer's own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with ESC.
const CURSOR_CODES = /\u001b\[\??[\d;]*[A-HJKSTfhlsu]/g;

/** pino's and zap's levels as one mark. */
function mark(level) {
  if (level === 'error' || level === 'fatal' || level >= 50) return red('error ');
  return level === 'warn' || level === 40 ? yellow('warning ') : '';
}

/** Hides access tokens and the given secrets. */
export function withoutSecrets(line, secrets = []) {
  return secrets
    .filter(Boolean)
    .reduce((text, secret) => text.replaceAll(secret, '[secret]'), line)
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[token]');
}

/** The line to show, or undefined for noise. */
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

/** Cuts a stream's pieces into whole lines. */
export function lineCutter(onLine) {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop();
    lines.forEach(onLine);
  };
}
