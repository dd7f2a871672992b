// The last report of every worker, also of those that are silent by now: what the list of live workers
// forgets after six seconds is what tells a frozen worker from one that never was.
import { knownReports, type Reported } from '../workers';
import { sightedReports } from './sightings';

/** Each worker's last report on each of its agents. */
export function workersSeen(): readonly Reported[] {
  const key = ({ report }: Reported) => `${report.worker} ${report.agent}`;
  const all = [...sightedReports(), ...knownReports()];
  return [...new Map(all.map((one) => [key(one), one])).values()];
}
