// Simulations: test callers hold scripted conversations with an agent, and judge its answers.

import { simulationOperations } from '@/lib/simulations/operations';
import type { Feature } from '@/lib/startup/feature';

export const simulations = { operations: simulationOperations } satisfies Feature;
