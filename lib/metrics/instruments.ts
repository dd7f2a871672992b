// Every metric of this process, by Prometheus's conventions: base units, `_total` for what only grows.
// What is fed by events is in `feed.ts`; what is looked up when Prometheus asks, in `metrics.ts`.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { processSingleton } from '@/lib/core/process-singleton';

const AGENT = ['agent', 'deployment'] as const;
/** Seconds: set-up takes tenths, an agent that is waited for takes until the join timeout. */
const SETUP_S = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 15, 30];
/** Seconds: finer where people hear a difference. */
const ANSWER_S = [0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10];
/** Seconds: LiveKit sends a webhook again for 15 s, a worker keeps its events for as long as it takes. */
const LAG_S = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3_600];

function makeInstruments() {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  return {
    register,
    dispatches: new Counter({
      name: 'callboard_dispatches_total',
      help: 'Agents sent for, by who sent for them.',
      labelNames: [...AGENT, 'by'] as const,
      registers,
    }),
    joins: new Counter({
      name: 'callboard_agent_joins_total',
      help: 'Agents that came into a call, as their workers tell.',
      labelNames: AGENT,
      registers,
    }),
    failures: new Counter({
      name: 'callboard_failures_total',
      help: 'Jobs a worker refused, calls no agent came to, calls whose agent failed, agents whose place nobody took, calls nobody told the end of.',
      labelNames: [...AGENT, 'reason'] as const,
      registers,
    }),
    errors: new Counter({
      name: 'callboard_errors_total',
      help: 'Errors told of calls, by who told them.',
      labelNames: ['source'] as const,
      registers,
    }),
    calls: new Counter({
      name: 'callboard_calls_total',
      help: 'Calls that ended, by who ended them.',
      labelNames: [...AGENT, 'ended_by'] as const,
      registers,
    }),
    timeToJoin: new Histogram({
      name: 'callboard_time_to_join_seconds',
      help: 'From the request of a call until an agent was there.',
      labelNames: AGENT,
      buckets: SETUP_S,
      registers,
    }),
    timeToFirstAudio: new Histogram({
      name: 'callboard_time_to_first_audio_seconds',
      help: "From the request of a call until the agent's first sound.",
      labelNames: AGENT,
      buckets: SETUP_S,
      registers,
    }),
    answer: new Histogram({
      name: 'callboard_answer_seconds',
      help: "From the end of the caller's speech to the first sound of the answer.",
      labelNames: AGENT,
      buckets: ANSWER_S,
      registers,
    }),
    webhookLag: new Histogram({
      name: 'callboard_webhook_lag_seconds',
      help: "Arrival of LiveKit's webhooks after what they tell, whose time LiveKit gives to the second.",
      buckets: LAG_S,
      registers,
    }),
    eventLag: new Histogram({
      name: 'callboard_event_lag_seconds',
      help: "Arrival of the workers' events after what they tell, by the two machines' clocks.",
      buckets: LAG_S,
      registers,
    }),
    activeCalls: new Gauge({
      name: 'callboard_active_calls',
      help: 'Calls that are on, by the agent and the deployment asked for: the same from every web process.',
      labelNames: AGENT,
      registers,
    }),
    liveWorkers: new Gauge({
      name: 'callboard_live_workers',
      help: 'Workers that can take a call.',
      labelNames: AGENT,
      registers,
    }),
    activeJobs: new Gauge({
      name: 'callboard_active_jobs',
      help: 'Calls on all workers, as they report them.',
      labelNames: AGENT,
      registers,
    }),
    maxJobs: new Gauge({
      name: 'callboard_job_capacity',
      help: 'Calls the live workers can take together.',
      labelNames: AGENT,
      registers,
    }),
    watches: new Gauge({
      name: 'callboard_watcher',
      help: '1 from the web process that replaces lost agents, of all that share a database.',
      registers,
    }),
    databaseUp: new Gauge({
      name: 'callboard_database_up',
      help: '1 while the database of the calls answers.',
      registers,
    }),
  };
}
export type Instruments = ReturnType<typeof makeInstruments>;

/** The metrics of this process. */
export const instruments = processSingleton('metrics', makeInstruments);
