// Everything in the simulation that was not measured, in one place: how long calls are, how machines are
// filled, and what they cost. Each can be set: `npm run simulate -- --set minutes=5,vCpuHour=0.03`.

export const ASSUMED = {
  /** Minutes of a call. */
  minutes: 3,
  /** Share of processors and memory that may be taken: the rest is for peaks and for a machine that fails. */
  fill: 0.6,
  /** Calls that one worker takes (AGENT_MAX_JOBS). */
  workerCalls: 8,
  /** MB of a worker without calls: itself, and a process that waits for each of its three agents. */
  workerMB: 450,
  /** Processors and GB of one machine of workers, speech or LiveKit. */
  machineCpus: 8,
  machineGB: 32,
  /** Most open answers of one web process: lifelines of jobs and workers, live pages. */
  webLines: 5_000,
  /** Processors of the largest PostgreSQL server that can be had, and connections it is set to take. */
  databaseCpus: 64,
  databaseConnections: 500,
  /** Milliseconds for which a transaction that tells others (NOTIFY) keeps every other such one waiting. */
  notifyMs: 0.5,
  /** kbit/s of a voice, with what its packets add. */
  voiceKbit: 40,
  /** Hours of a day that have the most calls at once; the others have none. */
  hoursADay: 8,
  /** Days for which calls are kept (CALLS_KEEP_DAYS). */
  keepDays: 90,
  /** US dollars, orders of magnitude of large clouds' list prices in November 2026: put in your own. */
  vCpuHour: 0.05,
  databaseVCpuHour: 0.12,
  storageGBMonth: 0.12,
  trafficGB: 0.08,
  /** Of hosted models for a minute of a call; the built-in brain and speech cost nothing beside machines. */
  modelsMinute: 0,
} as const satisfies Record<string, number>;

export type Assumptions = Readonly<Record<keyof typeof ASSUMED, number>>;

/**
 * The assumptions with those set that `text` names: `minutes=5,vCpuHour=0.03`.
 * @throws Error with the names there are, where one is unknown or has no number
 */
export function assumptionsFrom(text: string): Assumptions {
  const set = text.split(',').filter(Boolean);
  const pairs = set.map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    const number = Number(value);
    if (!Object.hasOwn(ASSUMED, name) || value === '' || !Number.isFinite(number) || number < 0) {
      const names = Object.keys(ASSUMED).join(', ');
      throw new Error(`--set takes name=number, with commas. Names: ${names}.`);
    }
    return [name, number] as const;
  });
  return { ...ASSUMED, ...Object.fromEntries(pairs) };
}
