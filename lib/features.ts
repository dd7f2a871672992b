// The features that a team may delete: their folders, and their line here (docs/architecture.md).
export { doctor } from './doctor/feature';
export { insights } from './insights/feature';
export { letta } from './letta/feature';
export { rollouts } from './rollouts/feature';
export { rules } from './rules/feature';
export { simulations } from './simulations/feature';
export { telephony } from './telephony/feature';
