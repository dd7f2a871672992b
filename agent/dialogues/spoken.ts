// Where the spoken dialogues take place: a worker as it is, but for Ada's clock and diary, which are
// those of the written ones, so that what must hold in text must hold by voice.
import { join } from 'node:path';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../../scripts/lib/build.mjs';
import type { Stage } from '../testing/stage';

/** Time zone of the practice of the dialogues: it is ten in the morning there. */
const ZONE = 'America/New_York';

/** Starts a worker on that stage whose front desk is that of the dialogues. */
export async function startSpokenDesk(stage: Stage) {
  await build({
    ...NODE_BUNDLE,
    entryPoints: [new URL('./still-desk.ts', import.meta.url).pathname],
    outfile: join(stage.folder, 'agent/agents/front-desk.js'),
    allowOverwrite: true,
    logLevel: 'silent',
  } as Parameters<typeof build>[0]);
  return stage.startWorker({ TZ: ZONE });
}
