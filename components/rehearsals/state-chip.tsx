// How a run, or all runs of a rehearsal, went: a word with a light.
import { useTexts } from '@/components/language/language';
import { Chip, type ChipTone } from '@/components/ui/chip';
import type { RunState } from '@/lib/calls/test-calls/result';
import { rehearsalsTexts } from '@/lib/messages/rehearsals';
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
  const { rehearsalsText } = useTexts(rehearsalsTexts);
  return <Chip tone={RUNS[state]}>{rehearsalsText.states[state]}</Chip>;
}

export function VerdictChip({ verdict }: { readonly verdict: Verdict }) {
  const { rehearsalsText } = useTexts(rehearsalsTexts);
  return <Chip tone={VERDICTS[verdict]}>{rehearsalsText.verdicts[verdict]}</Chip>;
}
