// The features that a team may delete: their folders, and their line here (docs/architecture.md).
export { doctor } from '@/lib/doctor/feature';
export { insights } from '@/lib/insights/feature';
export { letta } from '@/lib/letta/feature';
export { rollouts } from '@/lib/rollouts/feature';
export { rules } from '@/lib/rules/feature';
export { simulations } from '@/lib/simulations/feature';
export { telephony } from '@/lib/telephony/feature';
