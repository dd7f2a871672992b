// Reads what this machine's LiveKit server logged about dispatches. Its API accepts every dispatch; only the log says
// why no agent joined.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { jsonAs } from '@/lib/core/json';
import { redact } from '@/lib/core/redact';

/** The file below DATA_DIR, written by `scripts/lib/log-lines.ts`. */
const LOG_FILE = 'logs/livekit.log';
/** Bytes that are read from the end: some thousand lines. */
const TAIL_BYTES = 1024 * 1024;

/** Why a job was not assigned. */
export type Unsent = 'no worker' | 'no answer' | 'full' | 'refused' | 'timed out' | 'other';

/** A fact from the log. `at` is in milliseconds since 1970; `line` is the logged text. */
export type LogFact = { readonly at: number; readonly line: string } & (
  | { readonly what: 'started'; readonly version: string }
  | { readonly what: 'assigned'; readonly agent: string; readonly room: string }
  | {
      readonly what: 'unsent';
      readonly agent: string;
      readonly room?: string | undefined;
      readonly why: Unsent;
    }
  /** A worker of any program registered, or its connection ended. `worker` is the server's name for it. */
  | { readonly what: 'registered' | 'closed'; readonly agent: string; readonly worker: string }
  | { readonly what: 'bad deployment'; readonly room: string }
  | { readonly what: 'bad worker' }
  | {
      readonly what: 'unauthorized';
      readonly path: string;
      readonly why: 'secret' | 'key' | 'clock';
    }
);

const record = z.object({
  ts: z.number(),
  msg: z.string(),
  error: z.string().default(''),
  room: z.string().optional(),
  agentName: z.string().default(''),
  workerID: z.string().default(''),
  version: z.string().default(''),
  path: z.string().default(''),
  status: z.unknown().optional(),
  retry: z.boolean().optional(),
});

/** The workers of this agent that are registered, as far as the log shows: the server closes all when it starts. */
export function registeredWorkers(log: readonly LogFact[], agent: string): readonly string[] {
  const workers = new Set<string>();
  for (const fact of log) {
    if (fact.what === 'started') workers.clear();
    if (fact.what === 'registered' && fact.agent === agent) workers.add(fact.worker);
    if (fact.what === 'closed') workers.delete(fact.worker);
  }
  return [...workers];
}

/** Errors by their meaning, as livekit-server 1.13 and its RPC library word them. */
const UNSENT: readonly (readonly [RegExp, Unsent])[] = [
  [/no response from servers/, 'no answer'],
  [/no servers available/, 'full'],
  [/no workers with sufficient capacity/, 'refused'],
  [/timed out|deadline exceeded/, 'timed out'],
];
const unsentBy = (error: string): Unsent =>
  UNSENT.find(([words]) => words.test(error))?.[1] ?? 'other';

/** Why the server refuses a token, by its message. */
export function tokenFault(words: string): 'secret' | 'key' | 'clock' | undefined {
  if (/invalid API key/i.test(words)) return 'key';
  if (/expired|not valid yet|used before issued|\(exp\)|\(nbf\)/i.test(words)) return 'clock';
  return /signature|invalid token/i.test(words) ? 'secret' : undefined;
}

/** The fact in a log line; undefined if it is about something else. */
export function logFact(line: string): LogFact | undefined {
  const data = jsonAs(record, line);
  if (!data) return undefined;
  const { msg, error, room = '', agentName: agent } = data;
  const base = { at: Math.round(data.ts * 1_000), line: redact(error ? `${msg}: ${error}` : msg) };
  switch (msg) {
    case 'starting LiveKit server':
      return { ...base, what: 'started', version: data.version };
    case 'worker registered':
      return { ...base, what: 'registered', agent, worker: data.workerID };
    case 'closing worker':
      return { ...base, what: 'closed', agent, worker: data.workerID };
    case 'assigned job to worker':
      return { ...base, what: 'assigned', agent, room };
    case 'not dispatching agent job since no worker is available':
      return { ...base, what: 'unsent', agent, room: data.room, why: 'no worker' };
    case 'failed to send job request':
      return { ...base, what: 'unsent', agent, room: data.room, why: unsentBy(error) };
    // The server tries the next worker after a refusal, and gives up after a timeout.
    case 'failed to assign job to worker':
      if (data.retry !== false) return undefined;
      return { ...base, what: 'unsent', agent, room: data.room, why: unsentBy(error) };
    case 'no worker available to handle job':
      return { ...base, what: 'unsent', agent, room: data.room, why: unsentBy(error) };
    case 'failed storing room dispatch':
      return { ...base, what: 'bad deployment', room };
    case 'unable to handle worker signal':
      return { ...base, what: 'bad worker' };
    case 'error handling request': {
      const why = data.status === 401 ? tokenFault(error) : undefined;
      return why && { ...base, what: 'unauthorized', path: data.path, why };
    }
    default:
      return undefined;
  }
}

function tailOf(path: string): string {
  let file: number;
  try {
    file = openSync(/* turbopackIgnore: true */ path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const length = Math.min(size, TAIL_BYTES);
    const buffer = Buffer.alloc(length);
    readSync(file, buffer, 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** Recent facts from this machine's server, oldest first; empty if it runs elsewhere. */
export function readServerLog(dataDir: string): LogFact[] {
  const path = resolve(/* turbopackIgnore: true */ dataDir, LOG_FILE);
  return `${tailOf(`${path}.1`)}${tailOf(path)}`.split('\n').flatMap((line) => logFact(line) ?? []);
}
