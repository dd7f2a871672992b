// Starts the program of the rehearsals for the page: the same as on the command line, as a process of its
// own, since it carries sound.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DEPLOYMENT_RULE, isDeployment } from '@/lib/core/deployment';
import { Problem } from '@/lib/core/problem';
import { chosenRehearsals, RehearsalError, readRehearsals } from './files';
import { closeSession, keepReport, liveSession } from './store/rehearsals';

/** What the page asks for. */
export const rehearsalStart = z.strictObject({
  names: z.array(z.string().min(1).max(200)).min(1).max(200),
  /** Shown names: one, or two side by side. */
  deployments: z
    .array(z.string().min(1).refine(isDeployment, `must be ${DEPLOYMENT_RULE}`))
    .min(1)
    .max(2),
  times: z.number().int().min(1).max(20),
  /** Callers at the same time; the machine of the web process speaks and hears for them. */
  at_once: z.number().int().min(1).max(10),
});
export type RehearsalStart = z.infer<typeof rehearsalStart>;

/** How many there will be. @throws {Problem} 422 for a name that there is not */
function countOf({ names, deployments, times }: RehearsalStart): number {
  try {
    const chosen = chosenRehearsals(readRehearsals(), names);
    return chosen.length * new Set(deployments).size * times;
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    throw new Problem('unknown-rehearsal', error.message);
  }
}

/**
 * Starts them; returns the id of their session.
 * @throws {Problem} 409 where others go on, 422 for a wrong name, 503 where the database is away, or where
 *   this web process runs from an image, without the program
 */
export async function startRehearsals(wanted: RehearsalStart): Promise<string> {
  const runs = countOf(wanted);
  const script = resolve(/* turbopackIgnore: true */ 'scripts/rehearse.mjs');
  if (!existsSync(script)) {
    throw new Problem(
      'not-configured',
      'Rehearsals are not part of this image. Start them in a clone: npm run rehearse -- --url, with the keys ' +
        'of this LiveKit server.',
    );
  }
  if (await liveSession()) {
    throw new Problem('rehearsals-running', 'Wait until they are over, or stop them.');
  }
  const id = randomUUID();
  await keepReport({ session: { id, by: 'page', startedAt: Date.now(), runs }, runs: [] });
  const { names, deployments, times, at_once: atOnce } = wanted;
  const options = [`--deployment=${deployments}`, `--times=${times}`, `--at-once=${atOnce}`];
  const child = spawn(process.execPath, [script, ...options, `--session=${id}`, '--', ...names], {
    // Its table is for terminals; what goes wrong belongs into the log. The channel is how it learns that
    // this process is gone.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const over = () => void closeSession(id).catch((error) => console.error(`rehearsals: ${error}`));
  child.once('exit', over);
  child.once('error', (error) => {
    console.error(`rehearsals: ${error}`);
    over();
  });
  return id;
}
