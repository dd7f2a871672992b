// What a verdict was concluded from, in English: the lines that `lib/doctor/why/why.ts` puts together.
import { shownDeployment } from '@/lib/core/deployment';
import type { WorkerReport } from '@/lib/livekit/worker-report';

const on = (agent: string, deployment: string) => `${agent} on ${deployment}`;

export const evidenceText = {
  ago: (seconds: number) => `${seconds} s ago`,
  agent: (name: string) => `agent ${name || 'without a name'}`,
  notConnected: (who: string) => `${who} (not connected)`,
  began: (who: readonly string[]) => `The room began; in it now: ${who.join(', ') || 'nobody'}`,
  metadata: (metadata: string) => `Room metadata: ${metadata}`,
  lists: (agent: string, deployment: string, jobs: number) =>
    `LiveKit lists: ${agent ? on(agent, shownDeployment(deployment)) : 'automatic dispatch'}, ${jobs === 0 ? 'no job' : `${jobs} job`}`,
  listsNone: 'LiveKit lists no dispatch',
  notLive: 'The room is not live',
  requested: (agent: string, deployment: string) => `requested: ${on(agent, deployment)}`,
  dispatched: (agent: string, deployment: string) => `dispatched: ${on(agent, deployment)}`,
  took: (worker: string) => `${worker} took the call`,
  refused: (worker: string, reason: string) => `${worker} refused: ${reason}`,
  joined: (agent: string) => `${agent || 'an agent'} joined`,
  left: (agent: string, why: string) => `${agent || 'an agent'} left: ${why}`,
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
    const where = on(agent || 'automatic', shownDeployment(deployment));
    const how = `${state}, ${activeJobs} of ${maxJobs} calls${error ? `, “${error.slice(0, 200)}”` : ''}`;
    return `${worker} reported ${ago}: ${where}, ${how}`;
  },
  noReport: 'No worker of that name has reported',
  reportRefused: (ago: string, why: string) => `A worker’s report was refused ${ago}: ${why}`,
  serverLog: (line: string) => `Server log: ${line}`,
  noLog: 'The server’s log is not on this machine',
} as const;
