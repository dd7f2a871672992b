// All that a worker needs around it, real: LiveKit, speech, and a web process's ear for what it tells.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dispose } from '@livekit/rtc-node';
import type { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { liveKit } from '../../lib/livekit';
import { startLiveKitServer } from '../../lib/testing/livekit-server';
import { type Joining, TestCaller } from './caller';
import { startFakeSpeech } from './fake-speech';
import { StageWeb } from './stage-web';
import { bundleWorker, TestWorker } from './worker-process';

/** Servers in place, and what a test does with them. */
export interface Stage {
  readonly rooms: RoomServiceClient;
  readonly dispatches: AgentDispatchClient;
  readonly web: StageWeb;
  /** Where the bundles are. */
  readonly folder: string;
  /** Address of the speech server, up to and with `/v1`. */
  readonly speech: string;
  /** Starts a worker, with these settings beside those that lead it to the servers. */
  startWorker(settings?: Record<string, string>): TestWorker;
  /** See {@link TestCaller.call}. */
  call(agent: string | undefined, joining?: Joining): Promise<TestCaller>;
  close(): Promise<void>;
}

/** Starts the servers. @throws when one of them cannot be started. */
export async function openStage(): Promise<Stage> {
  const [folder, livekit, speech] = await Promise.all([
    bundleWorker(),
    startLiveKitServer(),
    startFakeSpeech(),
  ]);
  const web = new StageWeb(livekit.env);
  const url = await web.start();
  const workers: TestWorker[] = [];
  const callers: TestCaller[] = [];
  return {
    ...liveKit(livekit.env),
    web,
    folder,
    speech: speech.url,
    startWorker(settings) {
      const env = {
        ...livekit.env,
        CALLBOARD_URL: url,
        SPEECH_STT_URL: speech.url,
        SPEECH_TTS_URL: speech.url,
        DATA_DIR: join(folder, 'data'),
        ...settings,
      };
      const worker = TestWorker.start(join(folder, 'agent/worker.js'), env, web.reports);
      workers.push(worker);
      return worker;
    },
    async call(...to) {
      const caller = await TestCaller.call(livekit.env, ...to);
      callers.push(caller);
      return caller;
    },
    async close() {
      await Promise.all(callers.map((caller) => caller.hangUp()));
      await Promise.all(workers.map((worker) => worker.kill()));
      await dispose();
      await Promise.all([livekit.stop(), speech.close(), web.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
