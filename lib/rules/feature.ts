// Rules: what is dispatched when a room starts or somebody joins.

import { applyRules, destinationFor, followOtherEngines, noMemory } from '@/lib/rules/apply-rules';
import { followRules } from '@/lib/rules/follow';
import { ruleOperations } from '@/lib/rules/operations';
import type { RulesServer } from '@/lib/rules/server';
import type { Feature } from '@/lib/startup/feature';

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
