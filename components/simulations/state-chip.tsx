// The result of a run, or of all runs of a simulation.
import { useMessages } from '@/components/language/language';
import { Chip, type ChipTone } from '@/components/ui/chip';
import type { RunState } from '@/lib/calls/test-calls/result';
import { simulationsMessages } from '@/lib/messages/simulations';
import type { Verdict } from '@/lib/simulations/summary';

const RUNS: Readonly<Record<RunState, ChipTone>> = {
  running: 'standby',
  passed: 'go',
  failed: 'stop',
  stopped: 'off',
};
const VERDICTS: Readonly<Record<Verdict, ChipTone>> = {
  passed: 'go',
  failed: 'stop',
  flaky: 'standby',
  none: 'off',
};

export function StateChip({ state }: { readonly state: RunState }) {
  const { simulationsText } = useMessages(simulationsMessages);
  return <Chip tone={RUNS[state]}>{simulationsText.states[state]}</Chip>;
}

export function VerdictChip({ verdict }: { readonly verdict: Verdict }) {
  const { simulationsText } = useMessages(simulationsMessages);
  return <Chip tone={VERDICTS[verdict]}>{simulationsText.verdicts[verdict]}</Chip>;
}
