// Rollouts: a new version gets more callers in steps, and is rolled back if it is worse.
import type { Feature } from '@/lib/startup/feature';
import { monitorRollouts } from './monitor';
import { rolloutOperations } from './operations';
import type { RolloutsServer } from './server';

export const rollouts = {
  state: (): Pick<RolloutsServer, 'rolloutReads' | 'versionStats'> => ({
    rolloutReads: { asked: 0, inForce: 0 },
    versionStats: new Map(),
  }),
  start: (server: RolloutsServer) => monitorRollouts(server),
  operations: rolloutOperations,
} satisfies Feature;
