'use client';
// Who did what in an agent's roll-outs, when and why; the newest first.
import { useLocale, useTexts } from '@/components/language/language';
import type { RolloutEntry } from '@/lib/rollout/rollout';
import { rolloutTexts } from '@/lib/text/rollout';

export function History({ entries }: { readonly entries: readonly RolloutEntry[] }) {
  const { rolloutText, because } = useTexts(rolloutTexts);
  const locale = useLocale();
  const words = rolloutText.history;
  return (
    <section aria-labelledby="history" className="mt-8">
      <h2 id="history" className="text-[20px]">
        {words.title}
      </h2>
      {entries.length === 0 ? (
        <p className="mt-2 text-[15px] text-soft">{words.none}</p>
      ) : (
        <ol
          aria-labelledby="history"
          className="mt-3 divide-y divide-line rounded-large border border-line bg-surface px-4 sm:px-6"
        >
          {entries.map(({ id, at, action, by, deployment, version, percent, reason }) => (
            <li key={id} className="py-3 text-[15px]">
              <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                <span className="font-semibold">{words.actions[action]}</span>
                <span className="num">{words.to(percent, deployment)}</span>
                <span className="break-all text-soft">{rolloutText.version(version)}</span>
                <span className="text-[14px] text-soft sm:ml-auto">
                  {by ?? words.itself} ·{' '}
                  <time
                    suppressHydrationWarning
                    dateTime={new Date(at).toISOString()}
                    className="num whitespace-nowrap"
                  >
                    {new Date(at).toLocaleString(locale, {
                      dateStyle: 'short',
                      timeStyle: 'short',
                    })}
                  </time>
                </span>
              </div>
              {reason && (
                <p className="mt-0.5 max-w-[46rem] break-words text-[14px] text-soft">
                  {because(reason)}
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
