// Rules: what is dispatched when a room starts or somebody joins.
import type { Feature } from '@/lib/startup/feature';
import { applyRules, destinationFor, followOtherEngines, noMemory } from './apply-rules';
import { followRules } from './follow';
import { ruleOperations } from './operations';
import type { RulesServer } from './server';

export const rules = {
  state: (): Pick<RulesServer, 'rules' | 'ruleMemory'> => ({
    rules: { inForce: [], asked: 0, read: 0 },
    ruleMemory: noMemory(),
  }),
  start(server: RulesServer) {
    followOtherEngines(server);
    return followRules(server);
  },
  destination: destinationFor,
  handleRoomEvent: applyRules,
  operations: ruleOperations,
} satisfies Feature;
