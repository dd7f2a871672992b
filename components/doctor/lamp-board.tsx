// The board of lamps, one a check, as it hangs backstage: dark in both themes. It says how far the
// examination is, and then in one sentence what it came to. A lamp leads to its finding.
import { useTexts } from '@/components/language/language';
import type { Finding, Planned } from '@/lib/doctor/finding';
import { worst } from '@/lib/doctor/finding';
import type { TextsOf } from '@/lib/language/language';
import { doctorTexts } from '@/lib/text/doctor';
import { placeOf } from './finding-row';
import { Lamp, type Shown } from './state-mark';

interface LampBoardProps {
  readonly plan: readonly Planned[];
  readonly findings: ReadonlyMap<string, Finding>;
}

function sentence(
  plan: readonly Planned[],
  all: readonly Finding[],
  { headline }: TextsOf<typeof doctorTexts>['doctorText'],
): string {
  if (all.length < plan.length) return headline.running(all.length, plan.length);
  const state = worst(all);
  if (state === 'ok' || state === 'unknown') return headline[state];
  return headline[state](all.filter((one) => one.state === state).length);
}

export function LampBoard({ plan, findings }: LampBoardProps) {
  const { doctorText } = useTexts(doctorTexts);
  const { states } = doctorText;
  const all = plan.flatMap(({ id }) => findings.get(id) ?? []);
  const done = all.length === plan.length;
  return (
    <div className="rounded-large border border-white/10 bg-stage p-4 text-[#f0f3f6] shadow-board sm:p-6">
      <p role="status" className="display text-[26px] leading-tight sm:text-[34px]">
        {sentence(plan, all, doctorText)}
        {!done && <span className="sr-only">…</span>}
      </p>
      <ul className="mt-4 grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-3 lg:grid-cols-4">
        {plan.map(({ id, title }) => {
          const state: Shown = findings.get(id)?.state ?? 'wait';
          return (
            <li key={id} className="min-w-0">
              <a
                href={`#${placeOf(id)}`}
                className="flex min-h-10 items-center gap-2.5 rounded-small text-[13.5px] text-[#c7ced8] leading-tight hover:text-white focus-visible:outline-white"
              >
                <Lamp state={state} />
                <span className="min-w-0 [overflow-wrap:anywhere]">{title}</span>
                <span className="sr-only">: {states[state]}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
