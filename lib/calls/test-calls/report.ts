// The report of the program that runs simulations, as the server reads it. Pages read results alone: `result.ts`.
import { z } from 'zod';
import { simulationRun, simulationSession } from '@/lib/calls/test-calls/result';
import { fromWire } from '@/lib/core/snake-case';

/** A run with `rehearsal`, the name of before 0.2 for `scenario`, which is read for one release. */
const reportedRun = z.preprocess(
  (run) => ({ scenario: Object(run).rehearsal, ...Object(run) }),
  simulationRun,
);

/** A progress report of the program; the response says whether it must stop. */
export const simulationReport = z.preprocess(
  fromWire,
  z.object({ session: simulationSession, runs: z.array(reportedRun).max(20) }),
);
export type SimulationReport = z.infer<typeof simulationReport>;
export const REPORTS_PATH = '/api/simulations/reports';
