// Environment for tests of recordings by Egress: the web process with its database, the real LiveKit server, and fakes
// of Egress and of the storage it uploads to.

import { dispose, type Room } from '@livekit/rtc-node';
import { vi } from 'vitest';
import { CALL_ATTRIBUTE, type EventData, type EventOf } from '@/lib/calls/event';
import { server } from '@/lib/server';
import { startBucket, type TestBucket } from '@/lib/testing/bucket';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { startEgress, type TestEgress } from '@/lib/testing/egress-service';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs, joinAsAgent } from '@/lib/testing/participant';
import { serveRoutes } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

type Routes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The environment. */
export interface EgressStage {
  readonly server: TestLiveKitServer;
  readonly egress: TestEgress;
  readonly bucket: TestBucket;
  readonly place: TestDatabase;
  /** (Re)starts the web process with these settings and RECORD_CALLS=egress. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
  store(): Awaited<ReturnType<typeof storeOn>>;
  /** Sends a request to the calls API. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** The events of a kind in a call. */
  whatIn<K extends EventData['kind']>(call: string, kind: K): Promise<EventOf<K>[]>;
  /** Connects a caller and an agent to a room with the call's name; returns the caller's side. */
  inCall(call: string): Promise<Room>;
  /** Disconnects a participant at the end of the test. */
  keep(guest: Room): void;
  /** Disconnects all participants and stops the web process. */
  afterEach(): Promise<void>;
  close(): Promise<void>;
}

/** @param routes the web process's routes, reloaded with its settings */
export async function openEgressStage(routes: () => Promise<Routes>): Promise<EgressStage> {
  const files: Record<string, Record<string, unknown>> = {};
  for (const path of Object.keys(await routes())) files[path] = {};
  const web = await serveRoutes(files);
  const livekitServer = await startLiveKitServer(web.url + WEBHOOK_PATH);
  const [place, egress, bucket] = await Promise.all([
    testDatabase(),
    startEgress(web.url, livekitServer.env),
    startBucket(),
  ]);
  const guests: Room[] = [];
  let store: Awaited<ReturnType<typeof storeOn>> | undefined;
  let keeping: (() => Promise<void>) | undefined;

  async function stop() {
    await keeping?.();
    await endServer();
    keeping = undefined;
  }
  async function start(settings: Readonly<Record<string, string>> = {}) {
    await stop();
    const none = { EGRESS_FOLDER: '', EGRESS_S3_BUCKET: '', RECORD_CALLS: 'egress' };
    const env = {
      ...place.env,
      ...livekitServer.env,
      LIVEKIT_URL: egress.url,
      ...none,
      ...settings,
    };
    store = await storeOn({ env });
    for (const [path, file] of Object.entries(await routes()))
      Object.assign(files[path] ?? {}, file);
    keeping = (await import('@/lib/calls/ingest/store-calls')).startStoringCalls(server());
  }
  const opened = () => {
    if (!store) throw new Error('the web process was not started');
    return store;
  };

  return {
    ...{ server: livekitServer, egress, bucket, place, start },
    store: opened,
    ask: (path, init) => fetch(`${web.url}/api/calls/${path}`, init),
    async whatIn<K extends EventData['kind']>(call: string, kind: K) {
      const marks = (await opened().readTimeline(server(), call))?.marks ?? [];
      return marks.flatMap((mark) =>
        mark.kind === 'event' && mark.what.kind === kind ? [mark.what as EventOf<K>] : [],
      );
    },
    async inCall(call) {
      const attributes = { [CALL_ATTRIBUTE]: call };
      const caller = await joinAs(livekitServer.env, `room-${call}`, {
        identity: 'anna',
        attributes,
      });
      guests.push(caller);
      guests.push(await joinAsAgent(livekitServer.env, `room-${call}`, 'line-check', 'production'));
      return caller;
    },
    keep: (guest) => void guests.push(guest),
    async afterEach() {
      await Promise.all(guests.splice(0).map((guest) => guest.disconnect()));
      egress.refuse(undefined);
      await stop();
    },
    async close() {
      await Promise.all([egress.close(), bucket.close(), web.close()]);
      await dispose();
      await livekitServer.stop();
      await place.remove();
      vi.unstubAllEnvs();
    },
  };
}
