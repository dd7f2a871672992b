// All metrics of this process, by Prometheus's conventions: base units, `_total` for counters.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const AGENT = ['agent', 'deployment'] as const;
/** Seconds: set-up takes tenths; a late agent takes until the join timeout. */
const SETUP_S = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 15, 30];
/** Seconds: finer where people hear a difference. */
const ANSWER_S = [0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10];
/** Seconds: LiveKit retries webhooks for 15 s; a worker keeps events until they are delivered. */
const LAG_S = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3_600];

/** The metrics of a process. */
export function newInstruments() {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  return {
    register,
    dispatches: new Counter({
      name: 'callboard_dispatches_total',
      help: 'Dispatched agents, by who dispatched them.',
      labelNames: [...AGENT, 'by'] as const,
      registers,
    }),
    joins: new Counter({
      name: 'callboard_agent_joins_total',
      help: 'Agents that joined a call, as reported by their workers.',
      labelNames: AGENT,
      registers,
    }),
    failures: new Counter({
      name: 'callboard_failures_total',
      help: 'Jobs refused by workers, calls without an agent, calls whose agent failed, agents without a replacement, and calls whose end was not reported.',
      labelNames: [...AGENT, 'reason'] as const,
      registers,
    }),
    errors: new Counter({
      name: 'callboard_errors_total',
      help: 'Errors in calls, by who reported them.',
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
      help: 'Time from the request of a call until its agent joined.',
      labelNames: AGENT,
      buckets: SETUP_S,
      registers,
    }),
    timeToFirstAudio: new Histogram({
      name: 'callboard_time_to_first_audio_seconds',
      help: "Time from the request of a call until the agent's first audio.",
      labelNames: AGENT,
      buckets: SETUP_S,
      registers,
    }),
    answer: new Histogram({
      name: 'callboard_answer_seconds',
      help: "Time from the end of the caller's speech to the first audio of the response.",
      labelNames: AGENT,
      buckets: ANSWER_S,
      registers,
    }),
    usage: new Counter({
      name: 'callboard_model_usage_total',
      help: 'What models used, in tokens, milliseconds of audio or characters (amount), as reported at the end of calls.',
      labelNames: [...AGENT, 'type', 'model', 'amount'] as const,
      registers,
    }),
    cost: new Counter({
      name: 'callboard_model_cost_total',
      help: 'Cost of models with a price in lib/calls/prices.ts, in its currency.',
      labelNames: [...AGENT, 'type', 'model'] as const,
      registers,
    }),
    webhookLag: new Histogram({
      name: 'callboard_webhook_lag_seconds',
      help: "Delay of LiveKit's webhooks after their events. LiveKit's times are in whole seconds.",
      buckets: LAG_S,
      registers,
    }),
    eventLag: new Histogram({
      name: 'callboard_event_lag_seconds',
      help: "Delay of workers' events, by the two machines' clocks.",
      buckets: LAG_S,
      registers,
    }),
    activeCalls: new Gauge({
      name: 'callboard_active_calls',
      help: 'Active calls by the requested agent and deployment; the same from every web process.',
      labelNames: AGENT,
      registers,
    }),
    liveWorkers: new Gauge({
      name: 'callboard_live_workers',
      help: 'Workers that can take calls.',
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
      help: 'Calls that all live workers can take together.',
      labelNames: AGENT,
      registers,
    }),
    failoverLeader: new Gauge({
      name: 'callboard_failover_leader',
      help: '1 in the web process that is the failover leader, of all that share a database.',
      registers,
    }),
    databaseUp: new Gauge({
      name: 'callboard_database_up',
      help: '1 while the database of the calls responds.',
      registers,
    }),
  };
}
export type Instruments = ReturnType<typeof newInstruments>;
