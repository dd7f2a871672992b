// Starts the product as a person does, with `npm start` or `npm run dev`, stops it with a signal, and checks that no
// process is left.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Stack } from '@/e2e/support/stack';
import { descendants, isRunning } from '@/lib/testing/processes';

/** Milliseconds from the command to its banner; the product is already built. */
const READY_MS = 90_000;
/** Milliseconds from the signal to the end, as documented. */
const END_MS = 10_000;

/** The complete banner: the message about a slow start has the same last words. */
const READY = /Callboard is on\.[\s\S]*Stop with Ctrl-C\./;

/** What to start, and where. If a port is in use, the product takes the next free one. */
export interface Start {
  readonly command: 'start' | 'dev';
  readonly ports: { readonly web: number; readonly speech: number; readonly livekit: number };
  /** Its data folder. */
  readonly data: string;
  /** Where its output goes. */
  readonly log: string;
  /** Additional settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Started {
  readonly stack: Stack;
  /** All output so far. */
  said(): string;
  /** Sends the signal once; resolves when no process is left, rejects if one is left after 10 s. */
  end(signal: 'SIGINT' | 'SIGTERM'): Promise<void>;
}

/** Starts the product; resolves when the banner is printed. */
export async function start({ command, ports, data, log, settings }: Start): Promise<Started> {
  mkdirSync(data, { recursive: true });
  mkdirSync(dirname(log), { recursive: true });
  const server = resolve('.callboard/bin/livekit-server');
  const child = spawn('npm', ['run', command], {
    env: {
      ...process.env,
      PORT: String(ports.web),
      SPEECH_PORT: String(ports.speech),
      LIVEKIT_PORT: String(ports.livekit),
      DATA_DIR: data,
      ...(existsSync(server) && { LIVEKIT_SERVER_BIN: server }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const file = createWriteStream(log);
  await new Promise<void>((ready, fail) => {
    const late = setTimeout(() => fail(new Error(`not ready in time:\n${said}`)), READY_MS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        file.write(text);
        said += text;
        if (!READY.test(said)) return;
        clearTimeout(late);
        ready();
      });
    }
    child.once('exit', (code) => fail(new Error(`it ended with ${code}:\n${said}`)));
  }).catch(async (error: unknown) => {
    await end(child, 'SIGTERM');
    throw error;
  });
  child.removeAllListeners('exit');

  const keys = JSON.parse(readFileSync(`${data}/keys.json`, 'utf8')) as Record<string, string>;
  const found = (part: string, wanted: number) =>
    Number(said.match(new RegExp(`in use: ${part} is on (\\d+)`))?.[1] ?? wanted);
  return {
    stack: {
      web: `http://127.0.0.1:${found('web', ports.web)}`,
      speech: `http://127.0.0.1:${found('speech', ports.speech)}`,
      livekit: `ws://127.0.0.1:${found('livekit', ports.livekit)}`,
      apiKey: keys.key ?? '',
      apiSecret: keys.secret ?? '',
      pid: child.pid ?? 0,
    },
    said: () => said,
    end: (signal) => end(child, signal),
  };
}

async function end(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  let left = descendants(child.pid ?? 0);
  const limit = Date.now() + END_MS;
  child.kill(signal);
  while (left.length > 0 && Date.now() < limit) {
    await new Promise((tick) => setTimeout(tick, 100));
    left = left.filter(({ pid }) => isRunning(pid));
  }
  if (left.length === 0) return;
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  throw new Error(`left behind after ${END_MS} ms:\n${left.map((p) => p.command).join('\n')}`);
}
