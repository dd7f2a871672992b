// Prepares what parts need besides the agents: livekit-server, the database, the pages. Completed steps are skipped.
import { databaseFolder } from '@/lib/db/database';
import { makeFolder } from '@/lib/db/pglite';
import { buildWeb, webNeedsBuild } from '@/scripts/lib/build';
import { dataDir, type Env, usesLocalServer } from '@/scripts/lib/environment';
import { ENDING_SIGNALS } from '@/scripts/lib/groups';
import { findServer, getServer, LIVEKIT_VERSION, ownServer } from '@/scripts/lib/livekit-server';
import { databaseFault, databaseMissing } from '@/scripts/lib/local-data';
import { prepareAlone } from '@/scripts/lib/one-preparation';
import type { PartName } from '@/scripts/lib/parts';
import { bold, giveUp, step, type Work, yellow } from '@/scripts/lib/terminal';

interface Step {
  readonly title: string;
  readonly needed: boolean;
  readonly run: Work;
}

/**
 * Prepares these parts, and shows the steps; exits if one fails.
 * @param dev whether Next builds each page when it is opened
 * @returns path of the LiveKit server; undefined if it is not one of the parts
 */
export async function setUp(
  env: Env,
  parts: readonly PartName[],
  { dev = false } = {},
): Promise<string | undefined> {
  // Stops the running step too.
  const stop = () => process.exit(130);
  for (const signal of ENDING_SIGNALS) process.once(signal, stop);
  const needsServer = parts.includes('livekit') && usesLocalServer(env);
  const needsWeb = parts.includes('web');
  const look = async () => {
    const { file, note } = needsServer ? await findServer(env) : {};
    const all: readonly Step[] = [
      {
        title: `Installing livekit-server ${LIVEKIT_VERSION}`,
        needed: needsServer && !file,
        run: async (say) => `from ${await getServer(env, say)}`,
      },
      {
        title: 'Creating the database',
        needed: needsWeb && databaseMissing(env),
        run: () => makeFolder(databaseFolder(dataDir(env))),
      },
      {
        title: 'Building the pages',
        needed: needsWeb && !dev && webNeedsBuild(),
        run: buildWeb,
      },
    ];
    return { file, note, steps: all.filter(({ needed }) => needed) };
  };
  try {
    let found = await look();
    if (found.note) process.stdout.write(`${yellow(found.note)}\n`);
    if (found.steps.length > 0) {
      found = await prepareAlone(async () => {
        // Another process may have done it meanwhile.
        const left = await look();
        await runSteps(left.steps);
        return left;
      });
    }
    const fault = needsWeb && databaseFault(env);
    if (fault) giveUp(fault);
    return needsServer ? (found.file ?? ownServer(env)) : undefined;
  } catch (error) {
    return giveUp(error instanceof Error ? error.message : String(error));
  } finally {
    for (const signal of ENDING_SIGNALS) process.off(signal, stop);
  }
}

async function runSteps(steps: readonly Step[]): Promise<void> {
  if (steps.length > 0) process.stdout.write(`\n${bold('Setting up Callboard')}\n`);
  for (const [index, { title, run }] of steps.entries()) {
    await step(`[${index + 1}/${steps.length}] ${title}`, run);
  }
}
