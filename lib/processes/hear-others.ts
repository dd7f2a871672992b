// What this process does with what other web processes were told by workers and LiveKit: the same as if
// it had been told itself. Called once, when the process starts.
import { z } from 'zod';
import { lookAgain } from '../accounts/while-allowed';
import { callEvent } from '../calls/event';
import { keepProbes, keepWebhook, probeWebhook, sightReports } from '../doctor/sightings';
import { workerReports } from '../worker-report';
import { recordReports } from '../workers';
import { heard } from './bus';

/** Hears of workers, accounts, and of what the doctor waits for, from now on. */
export function hearOthers(): void {
  heard('reports', workerReports, (reports) => {
    sightReports(reports);
    recordReports(reports);
  });
  heard('accounts', z.string(), lookAgain);
  heard('webhook', probeWebhook, keepWebhook);
  heard('probe-events', z.array(callEvent), keepProbes);
}
