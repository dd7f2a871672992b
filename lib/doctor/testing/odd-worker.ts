// A process with real workers that misbehave: LiveKit's AgentServer, with reports like ours. A separate process, so
// that tests can freeze and kill it.
import { fileURLToPath } from 'node:url';
import { AgentServer, InferenceRunner, initializeLogger, ServerOptions } from '@livekit/agents';
import getPort from 'get-port';
import { shownDeployment } from '@/lib/core/deployment';
import type { Odd } from '@/lib/doctor/testing/stage';
import { signBody } from '@/lib/livekit/worker-auth';
import { REPORT_EVERY_MS, REPORT_PATH, type WorkerReport } from '@/lib/livekit/worker-report';

const set = (name: string) => process.env[name] ?? '';

// The framework's end-of-turn process: 300 MB that no test needs.
Object.defineProperty(InferenceRunner.registeredRunners, 'lk_eot_audio', { value: 'not used' });
initializeLogger({ pretty: false, level: 'fatal' });

async function start({ agent, way, settings }: Odd): Promise<void> {
  const signer = {
    LIVEKIT_API_KEY: set('LIVEKIT_API_KEY'),
    LIVEKIT_API_SECRET: settings?.LIVEKIT_API_SECRET ?? set('LIVEKIT_API_SECRET'),
  };
  const deployment = settings?.LIVEKIT_AGENT_DEPLOYMENT ?? '';
  // The framework reads it when the server is created.
  process.env.LIVEKIT_AGENT_DEPLOYMENT = deployment;
  const port = await getPort({ host: '127.0.0.1', reserve: true });
  const full = way === 'full';
  /** The load that was reported to LiveKit. */
  let load = 0;
  const job = way === 'cannot-start' ? './broken-job.mjs' : './odd-job.mjs';
  const server = new AgentServer(
    new ServerOptions({
      agent: fileURLToPath(new URL(job, import.meta.url)),
      agentName: agent,
      wsURL: settings?.LIVEKIT_URL ?? set('LIVEKIT_URL'),
      apiKey: signer.LIVEKIT_API_KEY,
      apiSecret: signer.LIVEKIT_API_SECRET,
      host: '127.0.0.1',
      port,
      // A worker that must join in time has an idle process, however busy the machine is.
      numIdleProcesses: agent === 'well' ? 1 : 0,
      initializeProcessTimeout: 60_000,
      loadThreshold: 1,
      loadFunc: async () => {
        load = full ? 1 : 0;
        return load;
      },
      requestFunc: async (request) => {
        if (way === 'silent') return;
        if (way === 'rejects') return request.reject();
        await request.accept('Odd', `odd-${request.id}`, '', {});
      },
    }),
  );

  async function report(): Promise<void> {
    const health = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    const one: WorkerReport = {
      worker: `w-${process.pid}-odd`,
      agent,
      deployment: shownDeployment(deployment),
      version: 'test',
      activeJobs: full ? 1 : server.activeJobs.length,
      maxJobs: 8,
      load,
      state: health?.ok ? 'live' : 'starting',
      error: health?.ok ? undefined : ((await health?.text()) ?? 'not started yet'),
    };
    const body = JSON.stringify([one]);
    await fetch(new URL(REPORT_PATH, set('CALLBOARD_URL')), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: await signBody('report', body, signer),
      },
      body,
    }).catch(() => undefined);
  }

  setInterval(() => void report(), REPORT_EVERY_MS);
  server.event.on('worker_registered', () => setImmediate(report));
  // A worker that is never accepted gives up eventually.
  void server.run().catch(() => undefined);
}

for (const odd of JSON.parse(set('WORKERS')) as Odd[]) await start(odd);
