// What the page shows, and starting simulations for it: with the program of the command line, in a separate process because
// it processes audio.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { requireDeployment } from '@/lib/agents/deployment';
import type { CallsServer } from '@/lib/calls/server';
import type { Ground } from '@/lib/cluster/ground';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { deploymentRule, isDeployment } from '@/lib/core/deployment';
import { logError } from '@/lib/core/log';
import { Problem, pointer } from '@/lib/core/problem';
import type { SimulationsOverview } from '@/lib/simulations/answers';
import { readScenarios, ScenarioError, selectScenarios } from '@/lib/simulations/scenarios';
import { closeSession, latestRuns, liveSession, saveReport } from '@/lib/simulations/store';

function choices(): Pick<SimulationsOverview, 'simulations' | 'fault'> {
  try {
    return {
      simulations: readScenarios().map(({ name, title, group, agent }) => {
        return { name, title, group, agent };
      }),
    };
  } catch (error) {
    const fault = error instanceof ScenarioError ? error.message : `${(error as Error).message}.`;
    return { simulations: [], fault };
  }
}

/** @throws {Problem} 503 if the database is unavailable */
export async function simulationsOverview(server: Ground): Promise<SimulationsOverview> {
  const [live, runs] = await Promise.all([liveSession(server), latestRuns(server)]);
  return { ...choices(), live, runs };
}

/** The request body. */
export const simulationStart = z.strictObject({
  names: z.array(z.string().min(1).max(200)).min(1).max(200),
  /** Display names: one, or two to compare. */
  deployments: z
    .array(z.string().min(1).refine(isDeployment, `must be ${deploymentRule().words}`))
    .min(1)
    .max(2),
  times: z.number().int().min(1).max(20),
  /** Concurrent callers. The web process's machine runs their speech. */
  at_once: z.number().int().min(1).max(10),
});
export type SimulationStart = z.infer<typeof simulationStart>;

/** The number of runs. @throws {Problem} 422 for an unknown name */
function countOf({ names, deployments, times }: SimulationStart): number {
  try {
    const chosen = selectScenarios(readScenarios(), names);
    return chosen.length * new Set(deployments).size * times;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new Problem('unknown-simulation', error.message);
  }
}

/**
 * Starts simulations. Returns the ID of their session.
 * @throws {Problem} 409 if others are running, 422 for an unknown name, 503 if the database is unavailable, or if
 *   this web process runs from an image that does not have the program
 */
export async function startSimulations(
  server: CallsServer,
  wanted: SimulationStart,
): Promise<string> {
  const runs = countOf(wanted);
  for (const [at, name] of wanted.deployments.entries()) {
    requireDeployment(server.config, name, pointer('deployments', at));
  }
  const script = resolve(/* turbopackIgnore: true */ 'scripts/simulate.ts');
  if (!existsSync(script)) {
    throw new Problem(
      'not-configured',
      'Simulations are not part of this image. Start them in a clone: npm run simulate -- --url, with the keys ' +
        'of this LiveKit server.',
    );
  }
  const id = randomUUID();
  // Two people, also on two web processes, must not both find none running.
  await oneAtATime(server, 'start of simulations', async () => {
    if (await liveSession(server)) {
      throw new Problem('simulations-running', 'Wait until they have finished, or stop them.');
    }
    await saveReport(server, {
      session: { id, by: 'page', startedAt: Date.now(), runs },
      runs: [],
    });
  });
  const { names, deployments, times, at_once: atOnce } = wanted;
  const options = [`--deployment=${deployments}`, `--times=${times}`, `--at-once=${atOnce}`];
  const args = ['--import', 'tsx', script, ...options, `--session=${id}`, '--', ...names];
  const child = spawn(process.execPath, args, {
    // The output is for terminals; errors go to this process's log. The IPC channel tells the child when this
    // process ends.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // It reports as this server does, not as the owner of a key.
    env: { ...process.env, CALLBOARD_API_KEY: '' },
  });
  const over = () => void closeSession(server, id).catch((error) => logError('simulations', error));
  child.once('exit', over);
  child.once('error', (error) => {
    logError('simulations', error);
    over();
  });
  return id;
}
