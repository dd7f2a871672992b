// Reports a LiveKit worker to Callboard: `node --import ./report.mjs my-agent.mjs start`.
// Settings: CALLBOARD_URL, AGENT_NAME, MAX_JOBS, and LiveKit's own.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { AgentServer } from '@livekit/agents';

const { CALLBOARD_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, MAX_JOBS = '10' } = process.env;
const { AGENT_NAME: agent, LIVEKIT_AGENT_DEPLOYMENT: deployment = '' } = process.env;
const worker = randomUUID();

async function send(path, kind, message) {
  const body = JSON.stringify(message);
  const sha256 = createHash('sha256').update(body).digest('base64');
  const claims = { iss: LIVEKIT_API_KEY, exp: Math.floor(Date.now() / 1000) + 30, kind, sha256 };
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  const signature = createHmac('sha256', LIVEKIT_API_SECRET).update(token).digest('base64url');
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${token}.${signature}`,
  };
  const response = await fetch(CALLBOARD_URL + path, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(await response.text());
  for await (const _ of response.body ?? []); // The lifeline stays open until this process dies.
}

let problem = '';
async function repeat(ms, action) {
  for (;;) {
    await action().catch(({ message }) => {
      if (message !== problem) process.emitWarning(`Callboard: ${message}`);
      problem = message;
    });
    await new Promise((done) => setTimeout(done, ms).unref());
  }
}

// `cli.runApp` keeps the server to itself.
const { run } = AgentServer.prototype;
AgentServer.prototype.run = function () {
  let stops = false;
  process.once('SIGTERM', () => {
    stops = true;
  });
  repeat(2_000, () => {
    const jobs = this.activeJobs.map(({ job, acceptArguments }) => ({
      room: job.room.name,
      identity: acceptArguments.identity,
    }));
    const started = this.id === 'unregistered' ? 'starting' : 'live';
    const state = stops ? 'draining' : started;
    const report = { worker, agent, deployment, state, maxJobs: Number(MAX_JOBS), jobs };
    return send('/api/workers/reports', 'callboard-worker-report', [report]);
  });
  repeat(100, () => send('/api/workers/lifeline', 'callboard-worker-lifeline', { worker }));
  return run.call(this);
};
