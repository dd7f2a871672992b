// Vitest's global setup for the integration tests: one shared instance of everything, also for several of its projects. A test
// that stops or changes a part starts its own.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import { StageWeb } from '@/agent/testing/stage-web';
import { bundleWorker, TestWorker } from '@/agent/testing/worker-process';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { postgresPrograms, TestPostgres } from '@/lib/testing/postgres';

/** What is running, for `inject('stack')`. */
export interface Stack {
  readonly livekit: TestLiveKitServer['env'];
  /** Address of the fake speech server, up to and including `/v1`. */
  readonly speech: string;
  /** Where the workers report, and tests read the reports (stage-web.ts). */
  readonly web: string;
  /** The workers' process ids. They start while the first tests run. */
  readonly workers: { readonly production: number; readonly staging: number };
  readonly folder: string;
  /** Address of the PostgreSQL server's own database; undefined if PostgreSQL is not installed. */
  readonly postgres: string | undefined;
}

declare module 'vitest' {
  export interface ProvidedContext {
    stack: Stack;
  }
}

async function startPostgres(programs: string): Promise<TestPostgres> {
  const server = await TestPostgres.start(programs);
  try {
    await server.makeTemplate();
  } catch (error) {
    await server.remove();
    throw error;
  }
  return server;
}

/** Parts of the stack, running or about to run. */
interface Parts {
  readonly folder: Promise<string>;
  readonly livekit: Promise<TestLiveKitServer>;
  readonly speech: Promise<{ close(): Promise<unknown> }>;
  readonly postgres: Promise<TestPostgres> | undefined;
}

/** Stops the parts that have started, also if others could not. */
async function stopParts({ folder, livekit, speech, postgres }: Parts): Promise<void> {
  await Promise.allSettled([
    livekit.then((server) => server.stop()),
    speech.then((server) => server.close()),
    postgres?.then((server) => server.remove()),
    folder.then((path) => rmSync(path, { recursive: true, force: true })),
  ]);
}

const projects = globalThis as typeof globalThis & { callboardStack?: ReturnType<typeof start> };

/** Starts the stack for the first project, and returns a function that stops it. */
export default async function setup({ provide }: TestProject) {
  const isFirst = projects.callboardStack === undefined;
  projects.callboardStack ??= start();
  const { stack, stop } = await projects.callboardStack;
  provide('stack', stack);
  return isFirst ? stop : undefined;
}

async function start(): Promise<{ readonly stack: Stack; stop(): Promise<void> }> {
  const programs = postgresPrograms();
  if (!programs && process.env.CI) {
    throw new Error('CI tests on PostgreSQL too: apt-get install postgresql');
  }
  const parts = {
    folder: bundleWorker(),
    livekit: startLiveKitServer(),
    speech: startFakeSpeech(),
    postgres: programs ? startPostgres(programs) : undefined,
  };
  const starting = [parts.folder, parts.livekit, parts.speech, parts.postgres] as const;
  const [folder, livekit, speech, postgres] = await Promise.all(starting).catch(async (error) => {
    await stopParts(parts);
    throw error;
  });
  const web = new StageWeb(livekit.env);
  const url = await web.start();
  const startWorker = (deployment: string) =>
    TestWorker.start(
      join(folder, 'agent/main.js'),
      {
        ...livekit.env,
        CALLBOARD_URL: url,
        SPEECH_STT_URL: speech.url,
        SPEECH_TTS_URL: speech.url,
        DATA_DIR: join(folder, 'data'),
        // Calls end with their test file, and several files have calls at once: more than the default's capacity.
        AGENT_MAX_JOBS: '50',
        LIVEKIT_AGENT_DEPLOYMENT: deployment,
      },
      web.reports,
    );
  const workers = [startWorker(''), startWorker('staging')] as const;
  const [production, staging] = workers;
  const stack = {
    livekit: livekit.env,
    speech: speech.url,
    web: url,
    workers: { production: production.pid, staging: staging.pid },
    folder,
    postgres: postgres?.url,
  };
  const stop = async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await Promise.all([stopParts(parts), web.stop()]);
  };
  return { stack, stop };
}
