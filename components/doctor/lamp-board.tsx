// The overview of checks: a light for each, and the progress or the result in one sentence.
import { useTranslations } from 'next-intl';
import { placeOf } from '@/components/doctor/finding-row';
import { Lamp, type Shown } from '@/components/doctor/state-mark';
import { type Finding, type Planned, worst } from '@/lib/core/finding';
import type { Translate } from '@/lib/messages/messages';

/** Opens the collapsed list with a finding. */
function unfold(id: string): void {
  const folded = document.getElementById(placeOf(id))?.parentElement?.closest('details');
  if (folded) folded.open = true;
}

interface LampBoardProps {
  readonly plan: readonly Planned[];
  readonly findings: ReadonlyMap<string, Finding>;
  readonly isBegun: boolean;
}

function sentence(
  plan: readonly Planned[],
  all: readonly Finding[],
  isBegun: boolean,
  t: Translate<'doctor'>,
): string {
  if (!isBegun) return t('headline.waiting');
  if (all.length < plan.length) {
    return t('headline.running', { done: all.length, all: plan.length });
  }
  const state = worst(all);
  if (state === 'ok' || state === 'unknown') return t(`headline.${state}`);
  return t(`headline.${state}`, { count: all.filter((one) => one.state === state).length });
}

/**
 * The overview: one light for each check, and a headline with the progress or the result. A light links to its finding.
 * Dark in both themes.
 */
export function LampBoard({ plan, findings, isBegun }: LampBoardProps) {
  const t = useTranslations('doctor');
  const all = plan.flatMap(({ id }) => findings.get(id) ?? []);
  const done = !isBegun || all.length === plan.length;
  return (
    <div className="rounded-lg border border-white/10 bg-stage p-4 text-[#f0f3f6] shadow-board sm:p-6">
      <p role="status" className="display text-xl leading-tight sm:text-2xl">
        {sentence(plan, all, isBegun, t)}
        {!done && <span className="sr-only">…</span>}
      </p>
      <ul className="mt-4 grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-3 lg:grid-cols-4">
        {plan.map(({ id, title }) => {
          const state: Shown = findings.get(id)?.state ?? 'wait';
          return (
            <li key={id} className="min-w-0">
              <a
                href={`#${placeOf(id)}`}
                onClick={() => unfold(id)}
                className="flex min-h-10 items-center gap-2.5 rounded-sm text-sm text-[#c7ced8] leading-tight hover:text-white focus-visible:outline-white"
              >
                <Lamp state={state} />
                <span className="min-w-0 [overflow-wrap:anywhere]">{title}</span>
                <span className="sr-only">: {t(`states.${state}`)}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
