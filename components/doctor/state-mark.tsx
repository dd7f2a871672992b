// The state of a check as a lamp: colour, shape and word together. It has one size in every state, so
// that a finding that arrives moves nothing.
import { Check, HelpCircle, TriangleAlert, X } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { FindingState } from '@/lib/doctor/finding';

/** A check that is still looking has no state yet. */
export type Shown = FindingState | 'wait';

const LAMPS: Record<Shown, string> = {
  ok: 'bg-[#12c67a] text-[#04150d] shadow-[0_0_14px_1px_rgb(18_198_122/55%)]',
  warn: 'bg-[#ffb000] text-[#211500] shadow-[0_0_14px_1px_rgb(255_176_0/55%)]',
  fail: 'bg-[#e5352b] text-white shadow-[0_0_14px_1px_rgb(229_53_43/65%)]',
  unknown: 'bg-[#3a424f] text-[#dfe3e8]',
  wait: 'border-2 border-[#ffb000]/70 border-dashed motion-safe:animate-[spin_2.4s_linear_infinite]',
};

const SHAPES = { ok: Check, warn: TriangleAlert, fail: X, unknown: HelpCircle, wait: undefined };

/** The lamp on the dark board. */
export function Lamp({ state }: { readonly state: Shown }) {
  const Shape = SHAPES[state];
  return (
    <span
      aria-hidden="true"
      className={cn('grid size-6 flex-none place-items-center rounded-full', LAMPS[state])}
    >
      {Shape && <Shape className="size-3.5" strokeWidth={3} />}
    </span>
  );
}

const INKS: Record<Shown, string> = {
  ok: 'text-go',
  warn: 'text-standby',
  fail: 'text-stop-ink',
  unknown: 'text-soft',
  wait: 'text-standby',
};

/** The mark beside a finding. */
export function Mark({ state }: { readonly state: Shown }) {
  const Shape = SHAPES[state];
  return (
    <span
      aria-hidden="true"
      className={cn('grid size-5 flex-none place-items-center', INKS[state])}
    >
      {Shape ? (
        <Shape className="size-[18px]" strokeWidth={2.4} />
      ) : (
        <span className="lamp motion-safe:animate-pulse" />
      )}
    </span>
  );
}
