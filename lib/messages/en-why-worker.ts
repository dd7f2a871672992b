// Why no agent came, where it is about workers: none of that name, one that did not answer, one that
// took the call and did not bring the agent.
import { after, quote, SIGNED, type Words, who } from './en-why-words';

const ONE_SHOT = 'LiveKit offers a call once, and does not try again.';

export const workerWhy = {
  'agent-media-blocked': {
    state: 'fail',
    seen: (about) =>
      about.reason
        ? `The agent took the call and could not connect its sound${quote(about)}.`
        : `The agent is in the room, but in ${after(about)} no way for its sound was found.`,
    matters: 'Between worker and server the network path for audio is blocked.',
    todo: () => 'Open the server’s UDP and TCP ports for audio to the worker’s machine.',
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
        : 'Look at the worker’s log for “job refused”.',
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
    seen: ({ agent, other }) =>
      `No worker serves an agent named “${agent}”${other ? `. The nearest name is “${other}”` : ''}.`,
    matters: 'LiveKit matches the name exactly, and answers “dispatched” even if no worker has it.',
    todo: ({ other }) => (other ? `Ask for “${other}”.` : 'Start its worker: npm run agent.'),
    page: 'agents',
  },
  'other-case': {
    state: 'fail',
    seen: ({ agent, other }) =>
      `“${agent}” was asked for. There is “${other}”: upper and lower case differ.`,
    matters: 'LiveKit matches the name exactly.',
    todo: ({ other }) => `Ask for “${other}”.`,
    page: 'agents',
  },
  'other-deployment': {
    state: 'fail',
    seen: ({ agent, deployment, other }) =>
      `No worker serves ${agent} on ${deployment}. It is on ${other}.`,
    matters: 'LiveKit gives a call only to workers of the requested deployment.',
    todo: ({ deployment, other }) => `Ask for ${other}, or start a worker on ${deployment}.`,
    page: 'agents',
  },
  'named-production': {
    state: 'fail',
    seen: ({ agent }) => `${agent} was asked for on a deployment written “production”.`,
    matters: 'For LiveKit, production is the empty deployment name. “production” is another one.',
    todo: () => 'Leave the deployment out, or empty, to get production.',
    page: 'agents',
  },
  'worker-secret': {
    state: 'fail',
    seen: () => 'A worker is turned away with 401: its LIVEKIT_API_SECRET is another one.',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_SECRET of the worker to the server’s own, and restart it.',
    page: 'agents',
  },
  'worker-key': {
    state: 'fail',
    seen: () => 'A worker is turned away with 401: the server does not know its LIVEKIT_API_KEY.',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_KEY and LIVEKIT_API_SECRET of the worker to the server’s own.',
    page: 'agents',
  },
  'worker-clock': {
    state: 'fail',
    seen: () => 'A worker is turned away with 401: its secret is right, its clock is not.',
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
    seen: (about) => `The server refuses what a worker says when it registers${quote(about)}.`,
    matters: 'This happens when a deployment’s name is not valid: the worker retries forever.',
    todo: () => 'Correct LIVEKIT_AGENT_DEPLOYMENT of the worker: no “_”, at most 63 characters.',
    page: 'agents',
  },
  frozen: {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'The worker'} did not answer within 3 s, and has not reported for ${after(about)}: it is frozen.`,
    matters: 'The server keeps offering it calls, and asks no other worker while it is silent.',
    todo: () => 'End that worker process and start it again.',
    page: 'agents',
  },
  unanswered: {
    state: 'fail',
    seen: (about) =>
      `A worker for ${who(about)} was offered the call and did not answer within 3 s.`,
    matters: 'LiveKit asks no other worker when one is silent.',
    todo: () => 'Make its request handler always accept or reject, and quickly.',
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
    todo: () => 'Look at the worker’s log: the agent’s code did not reach connect().',
    page: 'agents',
  },
} satisfies Record<string, Words>;
