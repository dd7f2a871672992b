'use client';
// The results of a scenario: its deployments side by side, the latest runs as marks, and the selected run below.
import { Check, X } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useCatalogue } from '@/components/language/catalogue';
import { Button } from '@/components/ui/button';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { When } from '@/components/ui/local-time';
import type { Miss, SimulationRun } from '@/lib/calls/test-calls/result';
import { duration } from '@/lib/core/figures';
import { pathSegment } from '@/lib/core/path-segment';
import { missed } from '@/lib/simulations/missed';
import { commonMisses, type Tally, type Verdict, verdictOf } from '@/lib/simulations/summary';

/** Puts failed expectations into words. */
function useMissed(): (miss: Miss) => string {
  const t = useTranslations('simulations');
  const { outcomeLabel } = useCatalogue();
  const locale = useLocale();
  return (miss) => missed(miss, t, outcomeLabel, locale);
}

/** The conversation of a run, line by line, with its problems. */
function Talk({ run }: { readonly run: Pick<SimulationRun, 'lines' | 'misses'> }) {
  const t = useTranslations('simulations');
  const locale = useLocale();
  const missedText = useMissed();
  return (
    <div className="grid gap-3 pt-1 text-sm leading-relaxed">
      {run.lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
        <div key={at}>
          <p>
            <span className="inline-block w-16 text-muted-foreground">{t('live.said')}</span>
            {line.said || <em className="text-muted-foreground">{t('detail.silent')}</em>}
          </p>
          <p className="[overflow-wrap:anywhere]">
            <span className="inline-block w-16 text-muted-foreground">{t('live.heard')}</span>
            {line.heard || <em className="text-muted-foreground">{t('detail.nothing')}</em>}{' '}
            {line.delayMs !== undefined && (
              <span className="text-sm text-muted-foreground">
                {line.delayMs < 0
                  ? t('detail.early', { time: duration(-line.delayMs, locale) })
                  : t('detail.delay', { time: duration(line.delayMs, locale) })}
              </span>
            )}
          </p>
          <Misses lines={line.misses.map(missedText)} />
        </div>
      ))}
      <Misses lines={run.misses.map(missedText)} />
    </div>
  );
}

function Misses({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="mt-1 border-destructive border-l-2 pl-3 text-stop-ink [overflow-wrap:anywhere]">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

const TONES: Readonly<Record<Verdict, ChipTone>> = {
  passed: 'go',
  failed: 'stop',
  flaky: 'standby',
  none: 'off',
};
/** Number of runs in a row, the latest ones. */
const MARKS = 10;
/** Maximum number of problems for each side. */
const WRONG = 3;

interface ScenarioDetailsProps {
  /** Its runs of each deployment. */
  readonly tallies: readonly Tally[];
}

export function ScenarioDetails({ tallies }: ScenarioDetailsProps) {
  const [open, setOpen] = useState<SimulationRun>();
  return (
    <div className="px-4 pb-4 sm:px-5">
      <div className="grid gap-4 md:grid-cols-2">
        {tallies.map((tally) => (
          <Side
            key={tally.deployment}
            tally={tally}
            open={open}
            onOpen={(run) => setOpen(open?.id === run.id ? undefined : run)}
          />
        ))}
      </div>
      {open && <Opened run={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

interface SideProps {
  readonly tally: Tally;
  readonly open: SimulationRun | undefined;
  readonly onOpen: (run: SimulationRun) => void;
}

function Side({ tally, open, onOpen }: SideProps) {
  const t = useTranslations('simulations');
  const locale = useLocale();
  const missedText = useMissed();
  const verdict = verdictOf(tally);
  const name = tally.deployment;
  const runs = tally.runs.slice(0, MARKS);
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="w-24 text-muted-foreground">{name}</span>
        <Chip tone={TONES[verdict]}>{t(`verdicts.${verdict}`)}</Chip>
        <span className="text-muted-foreground">
          {t('results.ofRuns', { passed: tally.passed, all: tally.runs.length })}
          {tally.delayMs !== undefined &&
            ` · ${t('results.median', { time: duration(tally.delayMs, locale) })}`}
        </span>
      </p>
      <div className="mt-1.5 flex gap-1">
        {[...runs].reverse().map((run) => (
          <button
            key={run.id}
            type="button"
            aria-expanded={open?.id === run.id}
            aria-label={`${name}: ${t('results.run', { state: t(`states.${run.state}`), number: run.number })}`}
            title={t('results.run', { state: t(`states.${run.state}`), number: run.number })}
            onClick={() => onOpen(run)}
            className={cn(
              'inline-flex size-8 items-center justify-center rounded-sm border text-sm',
              run.state === 'passed'
                ? 'border-border text-go'
                : 'border-transparent bg-stop-ground text-stop-ink',
              open?.id === run.id && 'outline-2 outline-foreground',
            )}
          >
            {run.state === 'passed' ? (
              <Check aria-hidden="true" className="size-4" />
            ) : (
              <X aria-hidden="true" className="size-4" />
            )}
          </button>
        ))}
      </div>
      <ul className="mt-1.5 text-sm text-muted-foreground leading-relaxed [overflow-wrap:anywhere]">
        {commonMisses(runs)
          .slice(0, WRONG)
          .map(({ miss, count }) => (
            <li key={missedText(miss)}>
              <span className="tabular-nums">{t('results.times', { many: count })}</span>{' '}
              {missedText(miss)}
            </li>
          ))}
      </ul>
    </div>
  );
}

function Opened({ run, onClose }: { readonly run: SimulationRun; readonly onClose: () => void }) {
  const t = useTranslations('simulations.detail');
  return (
    <div className="mt-3 rounded-md border border-border bg-popover p-4">
      <div className="flex flex-wrap items-center gap-3 pb-2 text-sm text-muted-foreground">
        <When at={run.startedAt} />
        {run.call && (
          <Link
            href={`/calls/${pathSegment(run.call)}`}
            className="inline-flex min-h-11 items-center font-medium text-foreground underline underline-offset-3"
          >
            {t('call')}
          </Link>
        )}
        <Button onClick={onClose} className="ml-auto">
          {t('close')}
        </Button>
      </div>
      <Talk run={run} />
    </div>
  );
}
