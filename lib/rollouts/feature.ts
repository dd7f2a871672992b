// Rollouts: a new version gets more callers in steps, and is rolled back if it is worse.

import { monitorRollouts } from '@/lib/rollouts/monitor';
import { rolloutOperations } from '@/lib/rollouts/operations';
import type { RolloutsServer } from '@/lib/rollouts/server';
import type { Feature } from '@/lib/startup/feature';

export const rollouts = {
  state: (): Pick<RolloutsServer, 'rolloutReads' | 'versionStats'> => ({
    rolloutReads: { asked: 0, inForce: 0 },
    versionStats: new Map(),
  }),
  start: (server: RolloutsServer) => monitorRollouts(server),
  operations: rolloutOperations,
} satisfies Feature;
