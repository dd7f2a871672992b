// A real worker that behaves as it is told, for tests: LiveKit's own AgentServer with real job processes,
// which reports like ours do. Run as a process of its own, so that it can be stopped and killed.
import { fileURLToPath } from 'node:url';
import { AgentServer, InferenceRunner, initializeLogger, ServerOptions } from '@livekit/agents';
import getPort from 'get-port';
import { signBody } from '../../worker-auth';
import { REPORT_EVERY_MS, REPORT_PATH, type WorkerReport } from '../../worker-report';

const set = (name: string) => process.env[name] ?? '';
const way = set('WAY');
const worker = `w-${process.pid}-odd`;

// The framework's own process for the end of turns: 300 MB that no test needs.
Object.defineProperty(InferenceRunner.registeredRunners, 'lk_eot_audio', { value: 'not used' });
initializeLogger({ pretty: false, level: 'warn' });

const signer = {
  LIVEKIT_API_KEY: set('LIVEKIT_API_KEY'),
  LIVEKIT_API_SECRET: set('LIVEKIT_API_SECRET'),
};
const port = await getPort({ host: '127.0.0.1' });
const full = way === 'full';
/** What LiveKit was told. */
let load = 0;
const server = new AgentServer(
  new ServerOptions({
    agent: fileURLToPath(new URL('./odd-job.mjs', import.meta.url)),
    agentName: set('AGENT'),
    wsURL: set('LIVEKIT_URL'),
    apiKey: signer.LIVEKIT_API_KEY,
    apiSecret: signer.LIVEKIT_API_SECRET,
    host: '127.0.0.1',
    port: port,
    numIdleProcesses: way === 'full' ? 0 : 1,
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
    worker,
    agent: set('AGENT'),
    deployment: set('LIVEKIT_AGENT_DEPLOYMENT'),
    version: 'test',
    activeJobs: full ? 1 : server.activeJobs.length,
    maxJobs: 1,
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
await server.run();
