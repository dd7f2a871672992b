// A finding: two lines, and all details on request. What to do is in a separate list.
import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Mark } from '@/components/doctor/state-mark';
import { duration } from '@/lib/core/figures';
import type { Finding, Planned, ProbeStage } from '@/lib/core/finding';

export function EvidenceList({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="grid gap-1 text-xs text-muted-foreground">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal and never move
        <li key={at} className="[overflow-wrap:anywhere]">
          {line}
        </li>
      ))}
    </ul>
  );
}

/** Colors of the parts, from dark to light. */
const INKS = [
  'bg-foreground',
  'bg-foreground/75',
  'bg-foreground/55',
  'bg-foreground/40',
  'bg-foreground/25',
  'bg-primary',
];

/** The steps of a test call: a bar with a part for each step, and a legend. */
function Stages({ stages }: { readonly stages: readonly ProbeStage[] }) {
  const t = useTranslations('doctor');
  const locale = useLocale();
  const inOrder = stages.toSorted((a, b) => a.ms - b.ms);
  const end = Math.max(1, inOrder.at(-1)?.ms ?? 1);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted-foreground">
      <span className="sr-only">{t('steps')}: </span>
      <span
        aria-hidden="true"
        className="flex h-2 w-24 gap-px overflow-hidden rounded-full bg-accent"
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
          {name} <span className="num text-foreground">{duration(ms, locale)}</span>
        </span>
      ))}
    </span>
  );
}

/** Id of the element of a finding. */
export const placeOf = (id: string) => `finding-${id.replaceAll(/[^\w-]/g, '-')}`;

/** The details of a finding. */
function FindingBody({ finding }: { readonly finding: Finding }) {
  const t = useTranslations('doctor');
  const { seen, matters, todo, link, stages = [], evidence = [] } = finding;
  return (
    <div className="grid gap-2.5 text-sm leading-relaxed">
      <p className="[overflow-wrap:anywhere]">{seen}</p>
      {stages.length > 0 && <Stages stages={stages} />}
      {matters && (
        <p className="text-muted-foreground">
          <span className="sr-only">{t('matters')}: </span>
          {matters}
        </p>
      )}
      {todo && (
        <p>
          <span className="font-semibold">{t('todo')}: </span>
          <span className="[overflow-wrap:anywhere]">{todo}</span>
        </p>
      )}
      {evidence.length > 0 && (
        <div>
          <p className="pb-1 font-semibold text-sm text-muted-foreground">{t('evidence')}</p>
          <EvidenceList lines={evidence} />
        </div>
      )}
      {link && (
        <Link href={link.href} className="w-fit font-semibold underline underline-offset-4">
          {link.label}
        </Link>
      )}
    </div>
  );
}

interface FindingRowProps {
  readonly planned: Planned;
  readonly finding: Finding;
  /** A button next to it. */
  readonly children?: ReactNode;
}

export function FindingRow({ planned, finding, children }: FindingRowProps) {
  const t = useTranslations('doctor');
  const locale = useLocale();
  const { state, stages = [] } = finding;
  return (
    <li id={placeOf(planned.id)} className="scroll-mt-4 border-border border-t first:border-t-0">
      <details className="group">
        <summary className="flex cursor-pointer list-none gap-3 rounded-sm px-1 py-3 [&::-webkit-details-marker]:hidden">
          <span className="pt-0.5">
            <Mark state={state} />
          </span>
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline justify-between gap-3">
              <span className="font-semibold text-base [overflow-wrap:anywhere]">
                {planned.title}
              </span>
              {/* The same width in every state, so that titles do not wrap differently. */}
              <span className="w-[5.2rem] flex-none text-right text-sm text-muted-foreground sm:w-[11rem]">
                {t(`states.${state}`)}
                {finding.ms !== undefined && (
                  <span className="max-sm:hidden">
                    {' · '}
                    <span className="num">{duration(finding.ms, locale)}</span>
                  </span>
                )}
              </span>
            </span>
            <span className="mt-0.5 line-clamp-2 text-sm text-muted-foreground leading-snug [overflow-wrap:anywhere] group-open:hidden">
              {finding.seen}
            </span>
            {stages.length > 0 && (
              <span className="mt-1 block h-5 overflow-hidden group-open:hidden">
                <Stages stages={stages} />
              </span>
            )}
          </span>
          <ChevronDown
            aria-hidden="true"
            className="mt-0.5 size-[18px] flex-none text-muted-foreground transition-transform duration-150 group-open:rotate-180"
          />
        </summary>
        <div className="pr-1 pb-4 pl-9">
          <FindingBody finding={finding} />
        </div>
      </details>
      {children && <div className="pb-3 pl-9">{children}</div>}
    </li>
  );
}
