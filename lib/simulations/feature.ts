// Simulations: test callers hold scripted conversations with an agent, and judge its answers.
import type { Feature } from '@/lib/startup/feature';
import { simulationOperations } from './operations';

export const simulations = { operations: simulationOperations } satisfies Feature;
