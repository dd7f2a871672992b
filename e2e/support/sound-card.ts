// A sound card without hardware, because Firefox plays and mixes nothing without one: a PulseAudio server of the test's
// own. What the browser plays on it, only the test hears.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { EAR_RATE } from '@/e2e/support/speech';
import { endProcess } from '@/lib/testing/processes';
import { onPath } from '@/scripts/lib/programs';

/** Seconds without a client after which it ends by itself, should the test be killed. */
const IDLE_S = 20;

/** Whether PulseAudio is installed. */
export const HAS_PULSE_AUDIO = onPath('pulseaudio', process.env) !== undefined;

export interface SoundCard {
  /** The environment of a browser that uses it. */
  readonly env: Readonly<Record<string, string>>;
  /** What came out of it so far (16 kHz, mono, s16le). */
  heard(): Buffer;
  close(): Promise<void>;
}

export async function openSoundCard(): Promise<SoundCard> {
  const dir = mkdtempSync(join(tmpdir(), 'callboard-sound-'));
  // PulseAudio makes a folder `pulse` beside it.
  const socket = join(dir, 'socket');
  const env = { ...process.env, HOME: dir, XDG_RUNTIME_DIR: dir, PULSE_SERVER: `unix:${socket}` };
  const server = spawn(
    'pulseaudio',
    [
      ...['-n', '--daemonize=no', '--use-pid-file=no', `--exit-idle-time=${IDLE_S}`],
      ...['-L', 'module-null-sink'],
      ...['-L', `module-native-protocol-unix auth-anonymous=1 socket=${socket}`],
    ],
    { env, stdio: 'ignore' },
  );
  await expect.poll(() => existsSync(socket), { message: 'PulseAudio has started' }).toBe(true);
  const monitor = spawn(
    'parec',
    [
      ...['--device=@DEFAULT_MONITOR@', '--raw', '--latency-msec=50'],
      ...['--format=s16le', '--channels=1', `--rate=${EAR_RATE}`],
    ],
    { env, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const chunks: Buffer[] = [];
  monitor.stdout.on('data', (pcm: Buffer) => chunks.push(pcm));
  return {
    env: { PULSE_SERVER: `unix:${socket}` },
    heard: () => Buffer.concat(chunks),
    close: async () => {
      await endProcess(monitor, 'SIGTERM');
      await endProcess(server, 'SIGTERM');
      rmSync(dir, { recursive: true });
    },
  };
}
