// The environment of a test with calls: the shared stack (stack.ts), or its own servers and
// workers.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dispose } from '@livekit/rtc-node';
import type { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { inject } from 'vitest';
import { liveKit } from '../../lib/livekit/clients';
import { startLiveKitServer, type TestLiveKitServer } from '../../lib/testing/livekit-server';
import { type JoinOptions, TestCaller } from './caller';
import { startFakeSpeech } from './fake-speech';
import { FollowedWeb, type Received, StageWeb } from './stage-web';
import { bundleWorker, TestWorker } from './worker-process';

/** Running servers, and what a test does with them. */
interface Place {
  /** Settings for the LiveKit server. */
  readonly env: TestLiveKitServer['env'];
  readonly rooms: RoomServiceClient;
  readonly dispatches: AgentDispatchClient;
  /** Address of the fake speech server, up to and including `/v1`. */
  readonly speech: string;
  /** What the workers report. */
  readonly web: Received;
  /** See {@link TestCaller.call}. */
  call(agent: string | undefined, joining?: JoinOptions): Promise<TestCaller>;
  close(): Promise<void>;
}

/** The shared stack. */
export interface SharedStage extends Place {
  /** With the catalogue's settings. Other tests have calls on them too. */
  readonly workers: { readonly production: TestWorker; readonly staging: TestWorker };
}

/** A test's own LiveKit server and workers, for other settings or to stop them. */
export interface Stage extends Place {
  readonly web: StageWeb;
  /** Folder of the bundles: the shared one, unless requested otherwise. */
  readonly folder: string;
  /** Starts a worker with these settings, in addition to those for the servers. */
  startWorker(settings?: Record<string, string>): TestWorker;
}

/** The callers of one test file. */
function callers(env: TestLiveKitServer['env']) {
  const all: TestCaller[] = [];
  return {
    async call(...to: Parameters<Place['call']>): Promise<TestCaller> {
      const caller = await TestCaller.call(env, ...to);
      all.push(caller);
      return caller;
    },
    hangUp: () => Promise.all(all.map((caller) => caller.hangUp())),
  };
}

/** The shared stack, once its workers are live. */
export async function sharedStage(): Promise<SharedStage> {
  const { livekit, speech, web: url, workers: pids } = inject('stack');
  const web = new FollowedWeb(livekit, url);
  const workers = {
    production: new TestWorker(pids.production, web.reports),
    staging: new TestWorker(pids.staging, web.reports),
  };
  await Promise.all([workers.production.live(), workers.staging.live()]);
  const { call, hangUp } = callers(livekit);
  return {
    ...liveKit(livekit),
    env: livekit,
    speech,
    web,
    workers,
    call,
    async close() {
      await hangUp();
      web.stop();
      await dispose();
    },
  };
}

/**
 * Starts a LiveKit server and a web process. Bundle and speech are the stack's, if there is one.
 * @param ownBundle whether this test changes the worker's files
 * @throws if a server cannot be started
 */
export async function openStage({ ownBundle = false } = {}): Promise<Stage> {
  // The fault tests run without the stack.
  const stack: ReturnType<typeof inject<'stack'>> | undefined = inject('stack');
  const [livekit, ownSpeech, bundle] = await Promise.all([
    startLiveKitServer(),
    stack ? undefined : startFakeSpeech(),
    stack?.folder ?? bundleWorker(),
  ]);
  const speech = stack?.speech ?? (ownSpeech?.url as string);
  const data = mkdtempSync(join(tmpdir(), 'callboard-stage-'));
  // Next to the other one, where it finds packages.
  const folder = ownBundle ? mkdtempSync(join(dirname(bundle), 'test-build-')) : bundle;
  if (ownBundle) cpSync(bundle, folder, { recursive: true });
  const web = new StageWeb(livekit.env);
  const url = await web.start();
  const workers: TestWorker[] = [];
  const { call, hangUp } = callers(livekit.env);
  return {
    ...liveKit(livekit.env),
    env: livekit.env,
    web,
    folder,
    speech,
    call,
    startWorker(settings) {
      const env = {
        ...livekit.env,
        CALLBOARD_URL: url,
        SPEECH_STT_URL: speech,
        SPEECH_TTS_URL: speech,
        DATA_DIR: data,
        ...settings,
      };
      const worker = TestWorker.start(join(folder, 'agent/main.js'), env, web.reports);
      workers.push(worker);
      return worker;
    },
    async close() {
      await hangUp();
      await Promise.all(workers.map((worker) => worker.kill()));
      await dispose();
      await Promise.all([livekit.stop(), ownSpeech?.close(), web.stop()]);
      for (const own of [data, ...(ownBundle ? [folder] : []), ...(stack ? [] : [bundle])]) {
        rmSync(own, { recursive: true, force: true });
      }
    },
  };
}
