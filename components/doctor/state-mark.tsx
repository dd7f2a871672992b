// The state of a check: color, shape and text. The same size in every state, so that the layout does not shift.
import { Check, HelpCircle, TriangleAlert, X } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { FindingState } from '@/lib/core/finding';

/** `wait` while the check is running. */
export type Shown = FindingState | 'wait';

const LAMPS: Record<Shown, string> = {
  ok: 'bg-[#12c67a] text-[#04150d] shadow-[0_0_14px_1px_rgb(18_198_122/55%)]',
  warn: 'bg-[#ffb000] text-[#211500] shadow-[0_0_14px_1px_rgb(255_176_0/55%)]',
  fail: 'bg-[#e5352b] text-white shadow-[0_0_14px_1px_rgb(229_53_43/65%)]',
  unknown: 'bg-[#3a424f] text-[#dfe3e8]',
  wait: 'border-2 border-[#ffb000]/70 border-dashed motion-safe:animate-[spin_2.4s_linear_infinite]',
};

const SHAPES = { ok: Check, warn: TriangleAlert, fail: X, unknown: HelpCircle, wait: undefined };

/** The light in the overview. */
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
  unknown: 'text-muted-foreground',
  wait: 'text-standby',
};

/** The mark next to a finding. */
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
