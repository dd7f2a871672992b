// The worker process: one LiveKit AgentServer per agent of the catalogue, on one deployment. It limits jobs by its own
// count, reports its state to the web process, and shuts down gracefully. Not started by the framework's `cli.runApp`,
// which serves one agent and hides its server; it has the same commands (`npm run agent -- --help`).

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AgentServer, initializeLogger, log, ServerOptions } from '@livekit/agents';
import { ignoreAgentName } from '@/agent/framework/agent-name';
import { sendJobEnd } from '@/agent/framework/job-status';
import { cleanLog } from '@/agent/framework/log';
import { withoutTurnModel } from '@/agent/framework/no-turn-model';
import { openPool } from '@/agent/framework/process-pool';
import { deliverEvents, setWorkerId } from '@/agent/reporting/events';
import { ReconnectingAgents } from '@/agent/reporting/reconnecting';
import { openLivenessConnection } from '@/agent/reporting/web-process';
import { openAdmission } from '@/agent/worker/admission';
import { printUncaughtErrors } from '@/agent/worker/failure';
import { JobProcesses } from '@/agent/worker/job-processes';
import { checkKeys, holdPort, openHealthPort, waitForServer } from '@/agent/worker/network';
import { startReporting } from '@/agent/worker/reports';
import { answerRequest } from '@/agent/worker/request';
import { watchJobs } from '@/agent/worker/running-job';
import { deleteOldRecordings } from '@/lib/calls/store/delete-recordings';
import { agentsInCode, type CatalogueAgent } from '@/lib/core/catalogue';
import { parseConfig } from '@/lib/core/config';
import { PRODUCTION } from '@/lib/core/deployment';
import { seesCaller } from '@/lib/core/models';
import { protectFiles } from '@/lib/core/private-files';
import { agentVersion } from '@/lib/core/version';
import { poll } from '@/lib/core/wait';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import { liveKit } from '@/lib/livekit/clients';

const config = parseConfig(process.env);
protectFiles(config.DATA_DIR);
const { positionals, values } = parseArgs({
  // LiveKit's commands: `start`, or `connect`, which has a room.
  allowPositionals: true,
  options: { room: { type: 'string' }, 'participant-identity': { type: 'string' } },
});
const { room, 'participant-identity': participant } = values;
if (positionals[0] === 'connect' && !room) throw new Error('Which room? Add --room NAME.');
// The process id helps operators find the process; the random part tells machines apart without naming them.
const worker = `w-${process.pid}-${randomUUID().slice(0, 8)}`;
setWorkerId(worker);
const { rooms, dispatches } = liveKit(config);
initializeLogger({ pretty: false, level: process.env.LOG_LEVEL ?? 'warn' });
cleanLog();
printUncaughtErrors();
const events = deliverEvents(config);
const { report } = events;
const reconnecting = new ReconnectingAgents();

for (const name of ignoreAgentName(process.env)) {
  log().warn(`${name} is ignored: each agent is served under its own name`);
}

withoutTurnModel();

// The framework's event loop monitor is for agent developers: it runs a thread in every process and takes a tenth of a
// call's processor time.
process.env.LIVEKIT_AGENTS_LOOP_BLOCK_WARN_MS ||= '0';

/**
 * Megabytes at which a job's process is ended and its call continues with a replacement agent: several times what a
 * call takes (250 MB with its models).
 */
const JOB_MEMORY_MB = 1_500;

/**
 * Milliseconds for a job process to become ready. The framework's 10 s are not enough when everything starts at once on
 * two busy cores, and a process killed during startup only has to start again.
 */
const INITIALIZE_MS = 60_000;
const SHUTDOWN_MS = 6_000;
/** Milliseconds for an agent's `onSessionEnd`: the framework's default. */
const SESSION_END_MS = 300_000;
/** Milliseconds between deletions of expired recordings on this machine. Our own choice. */
const DELETE_EVERY_MS = 60 * 60_000;

/**
 * Job processes that wait for a call, each for any agent: two, so that callers who come together need not wait; on
 * other deployments developers call.
 */
const IDLE_PROCESSES = config.LIVEKIT_AGENT_DEPLOYMENT === PRODUCTION ? 2 : 1;

const jobFile = fileURLToPath(new URL('./worker/any-agent.js', import.meta.url));

/** Servers that LiveKit knows. Closing another, which has no calls, may never resolve in the framework. */
const registered = new Set<AgentServer>();

async function serve(agent: CatalogueAgent) {
  const attributes = {
    [AGENT_ATTRIBUTES.agent]: agent.name,
    [AGENT_ATTRIBUTES.deployment]: config.LIVEKIT_AGENT_DEPLOYMENT,
    [AGENT_ATTRIBUTES.worker]: worker,
    [AGENT_ATTRIBUTES.version]: agentVersion(config),
    ...(agent.voice !== undefined && { [AGENT_ATTRIBUTES.watched]: 'yes' }),
    ...(agent.voice !== undefined &&
      seesCaller(config.agentModels[agent.name]) && { [AGENT_ATTRIBUTES.sees]: 'yes' }),
  };
  const { port, release } = await holdPort();
  const admission = openAdmission(
    config.AGENT_MAX_JOBS,
    () => server.activeJobs.map(({ job }) => ({ id: job.id, room: job.room?.name ?? '' })),
    () => processes.refusal(agent.name),
  );
  const { LIVEKIT_WORKER_TOKEN: workerToken } = process.env;
  const server: AgentServer = new AgentServer(
    new ServerOptions({
      agent: jobFile,
      agentName: agent.name,
      wsURL: config.LIVEKIT_URL,
      apiKey: config.LIVEKIT_API_KEY,
      apiSecret: config.LIVEKIT_API_SECRET,
      // Set by LiveKit Cloud for the workers that it runs.
      ...(workerToken !== undefined && { workerToken }),
      host: '127.0.0.1',
      port,
      // Only the number of jobs makes a worker full: see `loadOf`.
      loadThreshold: 1,
      loadFunc: async () => {
        const { reportedLoad } = admission;
        const load = admission.load();
        // Queued callers depend on the load LiveKit has: it dispatches no job to a worker it considers full.
        if (load !== reportedLoad) setImmediate(() => reporting?.now());
        return load;
      },
      requestFunc: (request) => {
        processes.offered();
        const { LIVEKIT_API_SECRET: secret } = config;
        const asked = { rooms, dispatches, reconnecting };
        const answering = { agent, admission, ...asked, secret, attributes, report };
        return answerRequest(request, answering).finally(() => reporting?.now());
      },
      shutdownProcessTimeout: SHUTDOWN_MS,
      // The framework gives up after 82 s, and only a restart would bring the worker back.
      maxRetry: Number.POSITIVE_INFINITY,
    }),
  );
  server.event.once('worker_registered', () => registered.add(server));
  const run = async () => {
    await release();
    await server.run();
  };
  const healthUrl = `http://127.0.0.1:${port}/`;
  return { agentName: agent.name, server, run, admission, processes, healthUrl };
}

let reporting: ReturnType<typeof startReporting> | undefined;
const processes = new JobProcesses(
  (owner) =>
    openPool(
      new URL('./framework/job-process.js', import.meta.url),
      {
        agent: jobFile,
        numIdleProcesses: IDLE_PROCESSES,
        initializeTimeout: INITIALIZE_MS,
        closeTimeout: SHUTDOWN_MS,
        sessionEndTimeout: SESSION_END_MS,
        memoryWarnMB: JOB_MEMORY_MB / 2,
        memoryLimitMB: JOB_MEMORY_MB,
      },
      owner,
    ),
  () => reporting?.now(),
  watchJobs({ config, worker, rooms, reconnecting }),
  ({ id, agentName }, error) => {
    const owner = served.find((one) => one.agentName === agentName);
    if (owner) sendJobEnd(owner.server, id, error);
  },
);
const served = await Promise.all(agentsInCode(config.LETTA_URL, config.AGENT_NAME).map(serve));
if (served.length === 0) log().warn('agent/agents/ has no agent that this worker could serve');
const reports = startReporting(config, worker, served);
reporting = reports;
const closeHealthPort = openHealthPort(config.AGENT_HEALTH_PORT, reports.last);
void checkKeys(rooms, config.LIVEKIT_URL);
const closeLivenessConnection = openLivenessConnection(config, { worker });
// Not in the process of a call: there may be many files.
poll(DELETE_EVERY_MS, 'cannot delete expired recordings', () =>
  deleteOldRecordings(config, Date.now()),
);

let ending = false;

/** Lets calls continue for `AGENT_DRAIN_SECONDS`, lets the remaining ones say goodbye, then exits. */
async function stop(): Promise<void> {
  ending = true;
  reporting?.drain();
  processes.end();
  const limit = config.AGENT_DRAIN_SECONDS * 1_000;
  await Promise.all(
    served.map(async ({ agentName, server, admission }) => {
      await admission.close();
      if (!registered.has(server)) return;
      if (server.activeJobs.length > 0 && limit > 0) {
        await server.drain(limit).catch((error: unknown) => {
          log().warn(
            { agent: agentName, error },
            'calls were still active after the drain timeout',
          );
        });
      }
      await server.close();
    }),
  );
  reporting?.stop();
  closeHealthPort();
  closeLivenessConnection();
  await events.stop();
  processes.kill();
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

await waitForServer(config.LIVEKIT_URL);
if (!ending) {
  for (const { server } of room ? served : []) {
    server.event.once('worker_registered', () => {
      server.simulateJob(room ?? '', participant).catch((error: unknown) => {
        log().fatal({ error, room }, 'the room could not be joined');
        void stop();
      });
    });
  }
  await Promise.all(served.map(({ run }) => run()));
}
