// How a trial went, step by step: one bar of its time with a tick for each step, and the steps in words.
import { useTexts } from '@/components/language/language';
import type { ProbeStage } from '@/lib/doctor/finding';
import { doctorTexts } from '@/lib/text/doctor';

/** The parts of the bar, each a little lighter than the one before. */
const INKS = ['bg-ink', 'bg-ink/75', 'bg-ink/55', 'bg-ink/40', 'bg-ink/25', 'bg-cue'];

export function Stages({ stages }: { readonly stages: readonly ProbeStage[] }) {
  const { doctorText } = useTexts(doctorTexts);
  const inOrder = stages.toSorted((a, b) => a.ms - b.ms);
  const end = Math.max(1, inOrder.at(-1)?.ms ?? 1);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[12.5px] text-soft">
      <span className="sr-only">{doctorText.steps}: </span>
      <span
        aria-hidden="true"
        className="flex h-2 w-24 gap-px overflow-hidden rounded-full bg-hover"
      >
        {inOrder.map(({ name, ms }, at) => (
          <span
            key={name}
            className={INKS[Math.min(at, INKS.length - 1)]}
            style={{ width: `${((ms - (inOrder[at - 1]?.ms ?? 0)) / end) * 100}%` }}
          />
        ))}
      </span>
      {inOrder.map(({ name, ms }) => (
        <span key={name} className="whitespace-nowrap">
          {name} <span className="num text-ink">{Math.round(ms)}</span>
        </span>
      ))}
    </span>
  );
}
