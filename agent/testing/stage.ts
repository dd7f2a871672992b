// The environment of a test with calls: the shared stack (stack.ts), or its own servers and workers.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { type JoinOptions, TestCaller } from '@/agent/testing/caller';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import { FollowedWeb, StageWeb } from '@/agent/testing/stage-web';
import { bundleWorker, TestWorker } from '@/agent/testing/worker-process';
import { liveKit } from '@/lib/livekit/clients';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';

function callers(env: TestLiveKitServer['env']) {
  const all: TestCaller[] = [];
  return {
    async call(agent: string | undefined, joining?: JoinOptions): Promise<TestCaller> {
      const caller = await TestCaller.call(env, agent, joining);
      all.push(caller);
      return caller;
    },
    hangUp: () => Promise.all(all.map((caller) => caller.hangUp())),
  };
}

/** The shared stack, once its workers are live. Other tests have calls on them too. */
export async function sharedStage() {
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
    },
  };
}

/** A test's own LiveKit server and workers, for other settings or to stop them. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

/**
 * Starts a LiveKit server and a web process. Bundle and speech are the stack's, if there is one.
 * @throws if a server cannot be started
 */
export async function openStage({
  ownBundle = false,
  folder: given,
}: {
  readonly ownBundle?: boolean;
  readonly folder?: string;
} = {}) {
  // The fault tests run without the stack.
  const stack: ReturnType<typeof inject<'stack'>> | undefined = inject('stack');
  const [livekit, ownSpeech, bundle] = await Promise.all([
    startLiveKitServer(),
    stack ? undefined : startFakeSpeech(),
    given ?? stack?.folder ?? bundleWorker(),
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
    debugUrl: livekit.debugUrl,
    web,
    /** Folder of the bundles: the shared one, unless requested otherwise. */
    folder,
    /** Address of the fake speech server, up to and including `/v1`. */
    speech,
    call,
    /** Starts a worker with these settings, in addition to those for the servers. */
    startWorker(settings?: Record<string, string>, ...args: string[]): TestWorker {
      const env = {
        ...livekit.env,
        CALLBOARD_URL: url,
        SPEECH_STT_URL: speech,
        SPEECH_TTS_URL: speech,
        DATA_DIR: data,
        ...settings,
      };
      const worker = TestWorker.start(join(folder, 'agent/main.js'), env, web.reports, args);
      workers.push(worker);
      return worker;
    },
    async close() {
      await hangUp();
      await Promise.all(workers.map((worker) => worker.kill()));
      await Promise.all([livekit.stop(), ownSpeech?.close(), web.stop()]);
      for (const own of [
        data,
        ...(ownBundle ? [folder] : []),
        ...(stack || given ? [] : [bundle]),
      ]) {
        rmSync(own, { recursive: true, force: true });
      }
    },
  };
}
