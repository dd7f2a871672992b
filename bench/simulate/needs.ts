// What so many calls at once need, each part for itself: from what one call costs. Pure. What all calls
// share, and so does not grow with more machines, is in `limits.ts`.
import type { Assumptions } from './assumptions';
import type { Costs, Part } from './costs';

/** Connections of a web process to PostgreSQL: store, locks, listening, two that wait to lead (`lib/`). */
export const WEB_CONNECTIONS = 23;
/** Fewest of each part that has no state: one can fail, or be restarted. */
const LEAST = 2;
/** Events that a call tells beside those of LiveKit and workers: asked for, token, dispatched. */
const WEB_EVENTS = 3;
const HOURS_A_MONTH = 730;

/** Dollars for a minute, by what they are paid for. */
interface Money {
  readonly machines: number;
  readonly database: number;
  readonly traffic: number;
  readonly models: number;
}

export interface Needs {
  readonly calls: number;
  /** Calls that begin in a second, and events that are told in one. */
  readonly begins: number;
  readonly events: number;
  /** Worker processes. */
  readonly workers: number;
  /** Machines of workers, of speech servers and of LiveKit. */
  readonly workerMachines: number;
  readonly speechMachines: number;
  readonly nodes: number;
  /** Web processes, each on one processor. */
  readonly webs: number;
  /** Processors of PostgreSQL, and GB of the calls that it keeps. */
  readonly databaseCpus: number;
  readonly databaseGB: number;
  readonly connections: number;
  readonly money: Money;
}

/** Processors that a part is busy with, while so many calls go on. */
function busyCpus(part: Part, calls: number, costs: Costs, assumed: Assumptions): number {
  const begins = calls / (assumed.minutes * 60);
  return (calls * costs.talkMs[part] + begins * costs.beginMs[part]) / 1_000;
}

/** Events that one call tells, from its beginning to its end. */
export const eventsOf = ({ callEvents, minuteEvents }: Costs, { minutes }: Assumptions): number =>
  WEB_EVENTS + callEvents + minuteEvents * minutes;

/** What `calls` at once need. */
export function needsOf(calls: number, costs: Costs, assumed: Assumptions): Needs {
  const { fill, machineCpus, machineGB, hoursADay } = assumed;
  const cpus = (part: Part) => busyCpus(part, calls, costs, assumed) / fill;
  const machines = (part: Part) => Math.max(LEAST, Math.ceil(cpus(part) / machineCpus));
  const begins = calls / (assumed.minutes * 60);
  const events = begins * eventsOf(costs, assumed);

  const workers = Math.max(LEAST, Math.ceil(calls / (assumed.workerCalls * fill)));
  const workerGB = (workers * assumed.workerMB + calls * costs.callMB) / 1_000 / fill;
  const workerMachines = Math.max(machines('workers'), Math.ceil(workerGB / machineGB));
  const speechMachines = machines('speech');
  const nodes = machines('LiveKit');
  const lines = calls + workers;
  const webs = Math.max(LEAST, Math.ceil(cpus('web')), Math.ceil(lines / assumed.webLines));

  const databaseCpus = Math.max(1, Math.ceil((events * costs.eventDatabaseMs) / 1_000 / fill));
  const keptEvents = events * 3_600 * hoursADay * assumed.keepDays;
  const databaseGB = (keptEvents * costs.eventKB) / 1e6;

  const hour = (workerMachines + speechMachines + nodes) * machineCpus + webs;
  const trafficGBMinute = (calls * assumed.voiceKbit * 60) / 8 / 1e6;
  const storageMinute = (databaseGB * assumed.storageGBMonth) / HOURS_A_MONTH / 60;
  return {
    ...{ calls, begins, events, workers, workerMachines, speechMachines, nodes, webs },
    ...{ databaseCpus, databaseGB, connections: webs * WEB_CONNECTIONS },
    money: {
      machines: (hour * assumed.vCpuHour) / 60,
      database: (databaseCpus * assumed.databaseVCpuHour) / 60 + storageMinute,
      traffic: trafficGBMinute * assumed.trafficGB,
      models: calls * assumed.modelsMinute,
    },
  };
}

/** All of it together, in dollars a minute. */
export const totalOf = ({ machines, database, traffic, models }: Money): number =>
  machines + database + traffic + models;
