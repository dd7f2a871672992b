// Environment for tests of rules: the required web routes on a real socket, and the real LiveKit server, which sends its
// webhooks there.

import { vi } from 'vitest';
import { withDatabase } from '@/lib/db/database';
import { liveKit } from '@/lib/livekit/clients';
import { deploymentOf } from '@/lib/livekit/dispatch';
import type { Rule } from '@/lib/rules/rule';
import { changeRules, loadRules } from '@/lib/rules/store';
import { server } from '@/lib/server';
import { testFolder } from '@/lib/testing/calls-database';
import { startLiveKitServer } from '@/lib/testing/livekit-server';
import { serveRoutes } from '@/lib/testing/serve-routes';
import { endServer, newServer } from '@/lib/testing/server';
import { sendWebhook, WEBHOOK_PATH } from '@/lib/testing/webhook';

/** Milliseconds for the server on a busy machine. */
const LIMIT_MS = 10_000;

/** Creates the environment. */
export async function rulesStage(files: Parameters<typeof serveRoutes>[0]) {
  const [place, web] = await Promise.all([testFolder(), serveRoutes(files)]);
  const livekitServer = await startLiveKitServer(web.url + WEBHOOK_PATH);
  await newServer({ ...livekitServer.env, ...place.env });
  const handled = vi.spyOn(server().webhooks, 'handle');
  // A web process opens it at startup, not when the first caller joins.
  await withDatabase(server(), async () => {});
  const livekit = liveKit(livekitServer.env);
  const doneWith = (event: string, room: string, from: number) =>
    vi.waitFor(async () => {
      const at = handled.mock.calls.findIndex(
        ([one], index) => index >= from && one.name === event && one.room.name === room,
      );
      if (at < 0) throw new Error(`${event} of ${room} did not arrive`);
      await handled.mock.results[at]?.value;
    }, LIMIT_MS);
  return {
    url: web.url,
    env: livekitServer.env,
    livekit,
    /** Activates these rules. */
    async rules(...rules: readonly Rule[]) {
      await changeRules(server(), rules, (await loadRules(server())).etag);
    },
    /** Sends an event and waits until it has been processed. */
    async send(event: object) {
      const { event: name, room } = event as { event: string; room: { name: string } };
      const from = handled.mock.calls.length;
      const { status } = await sendWebhook(web.url, livekitServer.env, event);
      if (status !== 200) throw new Error(`the response to the webhook was ${status}`);
      await doneWith(name, room.name, from);
    },
    /** Waits until an event of the LiveKit server has been processed. */
    done: (event: string, room: string) => doneWith(event, room, 0),
    /** The room's dispatches of named agents, such as "front-desk on staging". */
    async dispatched(room: string) {
      const list = await livekit.dispatches.listDispatch(room);
      return list
        .filter(({ agentName }) => agentName !== '')
        .map(({ agentName, deployment }) => `${agentName} on ${deploymentOf({ deployment })}`);
    },
    async close() {
      await livekitServer.stop();
      await web.close();
      await endServer();
      await place.remove();
      vi.unstubAllEnvs();
    },
  };
}

export type RulesStage = Awaited<ReturnType<typeof rulesStage>>;
