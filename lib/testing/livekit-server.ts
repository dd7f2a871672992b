// The real LiveKit server for tests: on free ports, with its own key, stopped by its pid.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@/lib/testing/ports';
import { endProcess, outputOf } from '@/lib/testing/processes';

/** Milliseconds for the server to start: usually under 1 s, on a busy machine under 15 s. */
const START_MS = 15_000;

/** A running server; fields are named after the settings. */
export interface TestLiveKitServer {
  readonly env: { LIVEKIT_URL: string; LIVEKIT_API_KEY: string; LIVEKIT_API_SECRET: string };
  readonly pid: number;
  /** Where Go's profiles are: `pprof/goroutine`. */
  readonly debugUrl: string;
  /** Kills it, with or without calls (SIGTERM would wait for the last caller to leave). */
  stop(): Promise<void>;
}

/** Found as `npm start` does: from the setting, the download of set-up, or PATH. */
export function serverBin(): string {
  const own = join(process.env.DATA_DIR ?? '.callboard', 'bin', 'livekit-server');
  return process.env.LIVEKIT_SERVER_BIN ?? (existsSync(own) ? own : 'livekit-server');
}

/** A free UDP port: a port that is free for TCP may be in use for UDP. */
async function udpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** JSON is valid YAML, which the server reads. */
async function writeConfig(
  folder: string,
  port: number,
  debugPort: number,
  key: string,
  secret: string,
  webhook: string | undefined,
) {
  const file = join(folder, 'livekit.yaml');
  const config = {
    port,
    debug_handler: { port: debugPort },
    bind_addresses: ['127.0.0.1'],
    rtc: {
      tcp_port: await freePort(),
      udp_port: await udpPort(),
      use_external_ip: false,
      node_ip: '127.0.0.1',
    },
    keys: { [key]: secret },
    agents: { enable_user_data_recording: true },
    ...(webhook && { webhook: { api_key: key, urls: [webhook] } }),
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}

/**
 * Starts a server and waits until it responds. If another program has taken one of its ports in the meantime, it is
 * started again on others.
 * @param webhook URL for its webhooks
 * @throws with the end of its log if it does not respond
 */
export async function startLiveKitServer(webhook?: string): Promise<TestLiveKitServer> {
  for (;;) {
    try {
      return await startOnFreePorts(webhook);
    } catch (error) {
      if (!/address already in use/.test(String(error))) throw error;
    }
  }
}

async function startOnFreePorts(webhook?: string): Promise<TestLiveKitServer> {
  const bin = serverBin();
  const folder = await mkdtemp(join(tmpdir(), 'callboard-livekit-'));
  const port = await freePort();
  const debugPort = await freePort();
  const key = `test${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(32).toString('base64url');
  const config = await writeConfig(folder, port, debugPort, key, secret, webhook);
  const child = spawn(bin, ['--config', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const missing = `${bin} does not run: run "npm start" once, or set LIVEKIT_SERVER_BIN`;
  await once(child, 'spawn').catch(async (cause) => {
    await rm(folder, { recursive: true, force: true });
    throw new Error(missing, { cause });
  });
  const log = outputOf(child);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    await endProcess(child, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };

  const deadline = Date.now() + START_MS;
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`livekit-server did not start:\n${log().slice(-4_000)}`);
    }
    await pause(50);
  }
  const env = {
    LIVEKIT_URL: `ws://127.0.0.1:${port}`,
    LIVEKIT_API_KEY: key,
    LIVEKIT_API_SECRET: secret,
  };
  const debugUrl = `http://127.0.0.1:${debugPort}/debug/`;
  return { env, pid: child.pid as number, debugUrl, stop };
}
