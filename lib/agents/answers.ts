// What the routes of agents answer: schemas for the pages and scripts that read it, and the types of what the server
// sends.
import * as z from 'zod/mini';
import { CAUSES } from '@/lib/core/failure-cause';
import type { Runs } from '@/lib/core/runs-on';
import type { WorkerReport } from '@/lib/livekit/worker-report';

const text = z.string();
const number = z.number();
const texts = z.array(text);

/** A worker as shown to users and API clients: without rooms, which only their callers may know. */
export type WorkerDetail = Omit<
  WorkerReport,
  'agent' | 'deployment' | 'jobs' | 'newRooms' | 'runs'
>;
const workerDetail: z.ZodMiniType<WorkerDetail> = z.object({
  worker: text,
  version: text,
  activeJobs: number,
  pendingJobs: z.optional(number),
  maxJobs: number,
  state: z.enum(['starting', 'live', 'draining', 'broken']),
  error: z.optional(text),
  host: z.optional(text),
  load: z.optional(number),
  warm: z.optional(number),
  lagMs: z.optional(number),
  busy: z.optional(number),
  lastError: z.optional(z.object({ at: number, message: text })),
});

const runs: z.ZodMiniType<Runs> = z.object({
  models: texts,
  stt: texts,
  tts: texts,
  voice: text,
  tools: texts,
  missing: texts,
});

const deploymentStatus = z.object({
  /** Display name ("production", never ""). */
  name: text,
  /** Whether a worker can take a call now, as far as workers report. */
  live: z.boolean(),
  /** Whether its workers report, or should: those of Callboard do. Without reports it is unknown whether it is live. */
  reports: z.boolean(),
  /** Number of live workers. */
  workers: number,
  /** Calls on all of its workers, including stopping ones. */
  activeJobs: number,
  /** Capacity of its live workers together. */
  maxJobs: number,
  /** Why it is not live, or an error of one of its workers. */
  problem: z.optional(text),
  /** What it runs on: one entry if all its workers have the same settings. */
  runs: z.array(runs),
  /** What it runs on that does not answer, as far as is known. */
  failing: z.array(z.object({ name: text, cause: z.enum(CAUSES) })),
  /** All its workers, in a stable order. */
  workerDetails: z.array(workerDetail),
});
/** Status of one deployment of an agent. */
export type DeploymentStatus = z.infer<typeof deploymentStatus>;

/** Where an agent is declared: in a file of `agent/agents/`, by the team in the database, or by the Letta server. */
export const AGENT_SOURCES = ['code', 'team', 'letta'] as const;

const agentStatus = z.object({
  name: text,
  /** Its name on pages; `person` is the same under its name of before 0.2. */
  title: text,
  person: text,
  role: text,
  summary: text,
  source: z.enum(AGENT_SOURCES),
  public: z.boolean(),
  /** Only of agents that the team has added. */
  replace_stuck: z.optional(z.boolean()),
  deployments: z.array(deploymentStatus),
});
/** An agent in the list, with the state of its deployments. */
export type AgentStatus = z.infer<typeof agentStatus>;

const unlistedAgent = z.object({ name: text, deployments: texts });
/** An agent that is not in the list, and its deployments as far as known. */
export type UnlistedAgent = z.infer<typeof unlistedAgent>;

/** `GET /api/agents` */
export const agentsAnswer = z.object({
  agents: z.array(agentStatus),
  /** Agents whose workers report, and that are not in the list; undefined for visitors who may not see them. */
  unlisted: z.optional(z.array(unlistedAgent)),
  /** Whether LiveKit responds. While it does not, no call reaches an agent, whatever the workers report. */
  livekitResponds: z.optional(z.boolean()),
});
export type AgentsAnswer = z.infer<typeof agentsAnswer>;
