// Messages that explain why no agent joined a call: what was observed, why it matters, and what to do. Each
// claims only what the evidence supports; if it does not decide, the message says what is unknown.
import type { Cause, Matter } from '@/lib/doctor/diagnosis/evidence';
import type { EndReason } from '@/lib/livekit/end-reason';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { endReasons } from '@/lib/messages/en/end-reasons';

export interface Verdict {
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly seen: (about: Matter) => string;
  readonly matters: string;
  readonly todo: (about: Matter) => string;
  readonly page?: 'agents' | 'calls' | 'rules' | 'doctor';
}

const who = ({ agent = 'The agent', deployment }: Matter) =>
  deployment ? `${agent} on ${deployment}` : agent;
const after = ({ seconds = 0 }: Matter) => `${seconds} s`;
const quote = ({ reason }: Matter) => (reason ? `: “${reason}”` : '');

const SIGNED = 'Requests that are signed with another secret are rejected.';

const ONE_SHOT = 'LiveKit offers a call once, and does not try again.';

const nothing = () => '';

/** How a worker serves a deployment. */
const deploymentSetting = (deployment = 'production') =>
  deployment === 'production'
    ? 'without LIVEKIT_AGENT_DEPLOYMENT'
    : `with LIVEKIT_AGENT_DEPLOYMENT=${deployment}`;

/** By verdict. */
export const whyText: Record<Cause, Verdict> = {
  'agent-media-blocked': {
    state: 'fail',
    seen: (about) =>
      about.reason
        ? `The agent took the call but could not connect its audio${quote(about)}.`
        : `The agent is in the room, but its audio did not connect within ${after(about)}.`,
    matters: 'The network path for audio between worker and server is blocked.',
    todo: () => 'Open the server’s UDP and TCP ports for audio to the worker’s machine.',
  },
  'no-network': {
    state: 'fail',
    seen: () => 'This machine has no network, and no audio connected.',
    matters: 'Agents and browsers connect audio over a network address, also on one machine.',
    todo: () => 'Connect this machine to a network, and start Callboard again.',
  },
  refused: {
    state: 'fail',
    seen: (about) =>
      about.reason
        ? `${about.other ?? 'A worker'} refused the call${quote(about)}.`
        : `Every worker for ${who(about)} refused the call and gave no reason.`,
    matters: ONE_SHOT,
    todo: (about) =>
      about.reason
        ? 'Fix what the reason names, then dispatch the agent again.'
        : 'Check the worker’s log for “job refused”.',
    page: 'agents',
  },
  full: {
    state: 'fail',
    seen: (about) => `Every worker for ${who(about)} was full.`,
    matters: `A full worker is offered nothing. ${ONE_SHOT}`,
    todo: () => 'Start another worker, or raise AGENT_MAX_JOBS.',
    page: 'agents',
  },
  'no-worker': {
    state: 'fail',
    seen: (about) => {
      const { agent, other, byTeam } = about;
      if (byTeam) return `No worker took a call for ${who(about)}.`;
      const near = other ? `. The nearest name is “${other}”` : '';
      return `No worker serves an agent named “${agent}”${near}.`;
    },
    matters:
      'LiveKit matches name and deployment exactly, and answers “dispatched” even if no worker has them.',
    todo: ({ agent, deployment, other, byTeam }) => {
      if (other) return `Request “${other}”.`;
      if (!byTeam) return 'Start its worker: npm run agent.';
      return `Start its worker with the agent name “${agent}”, ${deploymentSetting(deployment)}, and with LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET of this server.`;
    },
    page: 'agents',
  },
  'registered-otherwise': {
    state: 'fail',
    seen: (about) =>
      `A worker of “${about.agent}” is registered at this LiveKit server, but none serves ${about.deployment}.`,
    matters: 'Its name, URL and keys are right. LiveKit matches the deployment exactly.',
    todo: ({ deployment }) => `Start its worker ${deploymentSetting(deployment)}.`,
    page: 'agents',
  },
  'worker-production': {
    state: 'fail',
    seen: ({ agent }) => `A worker of ${agent} serves a deployment named “production”.`,
    matters:
      'For LiveKit, production is the empty deployment name. Calls to production do not reach “production”.',
    todo: () => 'Remove LIVEKIT_AGENT_DEPLOYMENT of the worker, and restart it.',
    page: 'agents',
  },
  'other-case': {
    state: 'fail',
    seen: ({ agent, other }) =>
      `“${agent}” was requested. There is “${other}”: upper and lower case differ.`,
    matters: 'LiveKit matches the name exactly.',
    todo: ({ other }) => `Request “${other}”.`,
    page: 'agents',
  },
  'other-deployment': {
    state: 'fail',
    seen: ({ agent, deployment, other }) =>
      `No worker serves ${agent} on ${deployment}. It is on ${other}.`,
    matters: 'LiveKit gives a call only to workers of the requested deployment.',
    todo: ({ deployment, other }) => `Request ${other}, or start a worker on ${deployment}.`,
    page: 'agents',
  },
  'named-production': {
    state: 'fail',
    seen: ({ agent }) => `${agent} was requested on a deployment named “production”.`,
    matters: 'For LiveKit, production is the empty deployment name. “production” is another one.',
    todo: () => 'Leave the deployment out, or empty, to get production.',
    page: 'agents',
  },
  'worker-secret': {
    state: 'fail',
    seen: () => 'A worker is rejected with 401: its LIVEKIT_API_SECRET is wrong.',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_SECRET of the worker to the server’s own, and restart it.',
    page: 'agents',
  },
  'worker-key': {
    state: 'fail',
    seen: () => 'A worker is rejected with 401: the server does not know its LIVEKIT_API_KEY.',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_KEY and LIVEKIT_API_SECRET of the worker to the server’s own.',
    page: 'agents',
  },
  'worker-clock': {
    state: 'fail',
    seen: () => 'A worker is rejected with 401: its secret is right, but its clock is wrong.',
    matters: 'Clocks may differ by at most 60 s.',
    todo: () => 'Set the clock of the worker’s machine by NTP.',
    page: 'agents',
  },
  'wrong-server': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'A worker'} reports ${who(about)} here, but this LiveKit server does not have it.`,
    matters: 'It is connected to another server, or to none.',
    todo: () => 'Set LIVEKIT_URL of the worker to this server, and restart it.',
    page: 'agents',
  },
  'worker-deployment': {
    state: 'fail',
    seen: (about) => `The server rejects the registration of a worker${quote(about)}.`,
    matters: 'This happens when a deployment’s name is not valid: the worker retries forever.',
    todo: () => 'Correct LIVEKIT_AGENT_DEPLOYMENT of the worker: no “_”, at most 63 characters.',
    page: 'agents',
  },
  frozen: {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'The worker'} did not answer within 3 s, and has not reported for ${after(about)}: it is frozen.`,
    matters: 'The server keeps offering it calls, and asks no other worker while it is silent.',
    todo: () => 'Stop that worker process and start it again.',
    page: 'agents',
  },
  unanswered: {
    state: 'fail',
    seen: (about) =>
      `A worker for ${who(about)} was offered the call and did not answer within 3 s.`,
    matters: 'LiveKit asks no other worker when one is silent.',
    todo: () => 'Make its request handler always accept or reject quickly.',
    page: 'agents',
  },
  'cannot-start': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'The worker'} is registered for ${who(about)} but cannot start a call${quote(about)}.`,
    matters: 'It looks healthy from outside. Each call it takes is lost.',
    todo: () => 'Fix what the error names on the worker’s machine, then restart it.',
    page: 'agents',
  },
  starting: {
    state: 'fail',
    seen: (about) => `The worker for ${who(about)} is still starting${quote(about)}.`,
    matters: ONE_SHOT,
    todo: () => 'Try again once it is live.',
    page: 'agents',
  },
  draining: {
    state: 'fail',
    seen: (about) => `Every worker for ${who(about)} is being stopped.`,
    matters: 'A worker that is being stopped takes no new call.',
    todo: () => 'Start a worker again: npm run agent.',
    page: 'agents',
  },
  'worker-gone': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'The worker'}, which served ${who(about)}, was last heard of ${after(about)} ago.`,
    matters: 'It has ended, is frozen, or cannot reach this process.',
    todo: () => 'Check whether its process is running, and start it again.',
    page: 'agents',
  },
  'job-failed': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'The worker'} took the call, and its job failed${quote(about)}.`,
    matters: 'The job ended before the agent was in the room.',
    todo: () => 'Fix what the error names.',
    page: 'calls',
  },
  'never-joined': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'A worker'} was given the call ${after(about)} ago. Its agent is not in the room.`,
    matters: 'LiveKit calls such a job “running” forever, so its state proves nothing.',
    todo: () => 'Check the worker’s log: the agent’s code did not reach connect().',
    page: 'agents',
  },
  there: {
    state: 'ok',
    seen: ({ agent }) => `${agent || 'An agent'} is in the room.`,
    matters: 'Nothing is wrong.',
    todo: nothing,
  },
  came: {
    state: 'ok',
    seen: ({ agent, left }) =>
      `${agent || 'An agent'} joined this call${left ? ` and left later (${endReasons[left]})` : ''}.`,
    matters: 'Why it left is another question.',
    todo: () => 'The timeline of the call shows what followed.',
    page: 'calls',
  },
  'server-unreachable': {
    state: 'fail',
    seen: () => 'The LiveKit server cannot be reached from here.',
    matters: 'Without it there is no room for an agent to join.',
    todo: () => 'Start it, or set LIVEKIT_URL to its address.',
    page: 'doctor',
  },
  'web-secret': {
    state: 'fail',
    seen: () =>
      'The LiveKit server rejects the signature of this process (401): the secret is wrong.',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_SECRET of the web process to the server’s own.',
    page: 'doctor',
  },
  'web-key': {
    state: 'fail',
    seen: () => 'The LiveKit server does not know the API key of this process (401).',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_KEY and LIVEKIT_API_SECRET to a pair that the server has.',
    page: 'doctor',
  },
  'web-clock': {
    state: 'fail',
    seen: () => 'The LiveKit server rejects tokens of this process as too old or too new (401).',
    matters: 'Clocks may differ by at most 60 s.',
    todo: () => 'Set the clock of both machines by NTP.',
    page: 'doctor',
  },
  'server-refuses': {
    state: 'unknown',
    seen: () => 'The LiveKit server gave an unexpected answer.',
    matters: 'Only the server knows what happened to the call.',
    todo: () => 'Check the server’s log.',
    page: 'doctor',
  },
  'no-room': {
    state: 'unknown',
    seen: () => 'No call and no live room of this name is known.',
    matters: 'Names of rooms are case-sensitive, and a closed room is only known by its call.',
    todo: () => 'Find the call in History, and check from there.',
    page: 'calls',
  },
  'caller-never-came': {
    state: 'fail',
    seen: () => 'A token was issued, but nobody joined with it: the room never started.',
    matters:
      'LiveKit dispatches the agent when the caller joins. The caller’s browser did not reach it.',
    todo: () => 'Open the doctor in the caller’s browser: it tries the way to the LiveKit server.',
    page: 'doctor',
  },
  'caller-media-blocked': {
    state: 'fail',
    seen: (about) =>
      `The caller reached the server, but its audio did not connect within ${after(about)}.`,
    matters: 'UDP and TCP are blocked between them, so nobody can be heard.',
    todo: () => 'Open the server’s UDP and TCP ports for audio, or set up TURN on port 443.',
    page: 'doctor',
  },
  'deployment-refused': {
    state: 'fail',
    seen: ({ deployment, reason }) =>
      `The LiveKit server refused the deployment’s name${deployment ? ` “${deployment}”` : ''}${reason ? `: ${reason}` : ''}.`,
    matters: 'It lets the caller in, but dispatches nobody and reports no error.',
    todo: () =>
      'Name a deployment with 1 to 63 letters, digits, “-” or “.”, a letter or digit at both ends.',
  },
  'name-in-metadata': {
    state: 'fail',
    seen: ({ agent }) => `The room’s metadata names ${agent}, but no agent was dispatched.`,
    matters: 'LiveKit does not read agents from metadata: only a dispatch sends one.',
    todo: ({ agent }) =>
      `Send it: npm run dispatch -- create ROOM --agent ${agent}, or add a rule that does.`,
    page: 'rules',
  },
  'automatic-expected': {
    state: 'fail',
    seen: ({ other }) =>
      `Only automatic dispatch was tried, and every worker has a name${other ? ` (${other})` : ''}.`,
    matters: 'A worker with an agent name gets no automatic calls: a dispatch must name it.',
    todo: () => 'Request the agent by name, or add a rule that sends one.',
    page: 'rules',
  },
  'token-ignored': {
    state: 'fail',
    seen: ({ agent }) => `The room existed before the token that requests ${agent} was used.`,
    matters: 'LiveKit reads a token’s agents only when it creates the room.',
    todo: ({ agent }) =>
      `Send the agent into the room: npm run dispatch -- create ROOM --agent ${agent}.`,
  },
  'nobody-asked': {
    state: 'fail',
    seen: () => 'No agent was dispatched.',
    matters: 'An agent joins only when a token, a rule or a dispatch requests it.',
    todo: () =>
      'Request one with a token for a new room, a rule, or npm run dispatch -- create ROOM.',
    page: 'rules',
  },
  'on-its-way': {
    state: 'unknown',
    seen: (about) => `${who(about)} was requested ${after(about)} ago and may still join.`,
    matters: 'LiveKit can take up to 5 s to find a worker for a name.',
    todo: () => 'Check again in a few seconds.',
  },
  'long-ago': {
    state: 'unknown',
    seen: (about) =>
      `${who(about)} was requested ${Math.round((about.seconds ?? 0) / 60)} min ago and did not join${quote(about)}.`,
    matters: 'The current state of the workers says nothing about that time.',
    todo: () =>
      'Check the logs of the worker and the LiveKit server at that time, and check the current state.',
    page: 'doctor',
  },
  unknown: {
    state: 'unknown',
    seen: (about) =>
      about.agent
        ? `${who(about)} was requested and did not join${quote(about)}. Its workers report no problems.`
        : 'The events of this call do not show it.',
    matters: 'Only the server’s log says why no worker got the call.',
    todo: () => 'Check the LiveKit server’s log for “failed to send job request” at that time.',
    page: 'agents',
  },
};

const on = (agent: string, deployment: string) => `${agent} on ${deployment}`;

export const evidenceText = {
  ago: (seconds: number) => `${seconds} s ago`,
  agent: (name: string) => `agent ${name || 'without a name'}`,
  notConnected: (who: string) => `${who} (not connected)`,
  began: (who: readonly string[]) => `The room began; in it now: ${who.join(', ') || 'nobody'}`,
  metadata: (metadata: string) => `Room metadata: ${metadata}`,
  lists: (agent: string, deployment: string, jobs: number) =>
    `LiveKit lists: ${agent ? on(agent, deployment) : 'automatic dispatch'}, ${jobs === 0 ? 'no job' : `${jobs} job`}`,
  listsNone: 'LiveKit lists no dispatch',
  notLive: 'The room is not live',
  requested: (agent: string, deployment: string) => `requested: ${on(agent, deployment)}`,
  dispatched: (agent: string, deployment: string) => `dispatched: ${on(agent, deployment)}`,
  took: (worker: string) => `${worker} took the call`,
  refused: (worker: string, reason: string) => `${worker} refused: ${reason}`,
  joined: (agent: string) => `${agent || 'an agent'} joined`,
  left: (agent: string, why: EndReason) => `${agent || 'an agent'} left: ${endReasons[why]}`,
  personJoined: (role: string) => `${role} joined`,
  error: (where: string, message: string) => `Error in ${where}: ${message}`,
  replacing: (reason: string) => `Replacing: ${reason}`,
  gaveUp: (reason: string) => `Gave up: ${reason}`,
  plain: {
    token_minted: 'token minted',
    room_started: 'room started',
    room_finished: 'room finished',
  },
  noDatabase: 'The database could not be read for events',
  reported: (report: WorkerReport, ago: string) => {
    const { worker, agent, deployment, state, activeJobs, maxJobs, error } = report;
    const where = on(agent || 'automatic', deployment);
    const how = `${state}, ${activeJobs} of ${maxJobs} calls${error ? `, “${error.slice(0, 200)}”` : ''}`;
    return `${worker} reported ${ago}: ${where}, ${how}`;
  },
  noReport: 'No worker of that name has reported',
  reportRefused: (ago: string, why: string) => `A worker’s report was refused ${ago}: ${why}`,
  serverLog: (line: string) => `Server log: ${line}`,
  noLog: 'The server’s log is not on this machine',
} as const;
