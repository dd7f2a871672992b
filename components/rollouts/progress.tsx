'use client';
// A rollout: its state, its steps, the last check, and the actions.
import { useMutation } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  nextStep,
  promoteRollout,
  type RolloutPermissions,
  stopRollout,
} from '@/components/rollouts/rollout-client';
import { Button } from '@/components/ui/button';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { Confirm } from '@/components/ui/confirm';
import { Failure, useFailureText } from '@/components/ui/failure';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { duration } from '@/lib/core/figures';
import type { RolloutOverview, RolloutState } from '@/lib/rollouts/answers';
import { CALLS_PER_CHECK } from '@/lib/rollouts/judge';
import { GUARDED } from '@/lib/rollouts/rollout';
import { checkResult, versionName } from '@/lib/rollouts/words';

type Last = NonNullable<RolloutOverview['rollout']>;

const TONES: Readonly<Record<RolloutState, ChipTone>> = {
  running: 'staging',
  promoting: 'standby',
  returned: 'stop',
  stopped: 'off',
  finished: 'go',
};

interface ProgressProps {
  readonly rollout: Last;
  /** Whether workers report, so that it can be seen when production runs the version. */
  readonly promotable: boolean;
  readonly permissions: RolloutPermissions;
  readonly onChange: () => Promise<unknown>;
}

export function Progress({ rollout, ...props }: ProgressProps) {
  const t = useTranslations('rollouts');
  const locale = useLocale();
  const { state, version, deployment, percent, overridden, finding, limits, endedAt } = rollout;
  return (
    <section
      aria-labelledby="progress"
      className="mt-6 rounded-lg border border-border bg-card p-4 sm:p-6"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h2 id="progress" className="text-xl">
          {t('progress.title')}
        </h2>
        <Chip tone={TONES[state]}>{t(`states.${state}`)}</Chip>
        <span className="break-all text-base text-muted-foreground">
          {deployment} · {versionName(version, t)}
        </span>
      </div>
      {endedAt === undefined && (
        <p className="mt-2 font-medium text-base" role="status">
          {t('progress.share', { percent, deployment })}
        </p>
      )}
      <Steps rollout={rollout} />
      {overridden && (
        <p className="mt-3 text-sm text-standby">
          {t('progress.overridden', { reason: overridden })}
        </p>
      )}
      <div className="mt-3 max-w-[46rem] text-sm leading-relaxed">
        {finding ? (
          <>
            <h3 className="font-semibold">{t('progress.looked', { look: finding.look })}</h3>
            <ul>
              {checkResult(finding, t, locale).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        ) : (
          endedAt === undefined && <p>{t('progress.early', { calls: CALLS_PER_CHECK })}</p>
        )}
        {endedAt === undefined && (
          <p className="mt-1 text-muted-foreground">
            {t('progress.limits', {
              points: limits.errorPoints,
              ms: duration(limits.answerMs, locale),
            })}
          </p>
        )}
      </div>
      {state === 'promoting' && (
        <Notice
          tone="standby"
          body={t('progress.promoting', { version: versionName(version, t) })}
          className="max-w-[46rem]"
        />
      )}
      {endedAt === undefined && <Actions key={state} rollout={rollout} {...props} />}
    </section>
  );
}

/** The steps, with the current one highlighted. */
function Steps({ rollout: { steps, step, state, endedAt } }: { readonly rollout: Last }) {
  const t = useTranslations('rollouts.progress');
  const at = state === 'promoting' ? steps.length : step;
  return (
    <ol aria-label={t('steps')} className="mt-3 flex flex-wrap gap-1.5">
      {steps.map((percent, index) => {
        const now = index === at && endedAt === undefined;
        return (
          <li
            key={percent}
            aria-current={now ? 'step' : undefined}
            className={cn(
              'num inline-flex h-9 min-w-16 items-center justify-center rounded-sm border px-2.5 font-medium text-sm',
              now && 'border-transparent bg-staging-ground text-staging',
              !now && index < at && 'border-border bg-popover text-foreground',
              !now && index >= at && 'border-border border-dashed text-muted-foreground',
            )}
          >
            {percent} %{now && <span className="sr-only"> {t('now')}</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** A change of a rollout, with a reason for its history. */
type Change = (agent: string, reason: string) => Promise<unknown>;

function Actions({ rollout, promotable, permissions, onChange }: ProgressProps) {
  const t = useTranslations('rollouts');
  const failureText = useFailureText();
  const [reason, setReason] = useState('');
  const { agent, state, steps, step, version } = rollout;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (change: Change) => change(agent, reason),
    onSuccess: () => setReason(''),
    onSettled: onChange,
  });
  const act = (change: Change, close = () => {}) => {
    if (!isPending) mutate(change, { onSettled: close });
  };
  const next = state === 'running' ? steps[step + 1] : undefined;
  if (!permissions.run) return null;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2.5">
      <div className="w-full">
        <TextField label={t('why')} value={reason} onChange={setReason} className="sm:max-w-96" />
      </div>
      {next !== undefined && (permissions.decide || next <= GUARDED.percent) && (
        <Button
          variant="primary"
          aria-disabled={isPending}
          onClick={() => act((...whose) => nextStep(...whose, next))}
        >
          {t('progress.next', { percent: next })}
        </Button>
      )}
      {state === 'running' && promotable && permissions.decide && (
        <Confirm
          words={{
            ask: t('progress.promote.ask', { version: versionName(version, t) }),
            yes: t('progress.promote.yes'),
            no: t('progress.promote.no'),
          }}
          variant="secondary"
          busy={isPending}
          onYes={(close) => act(promoteRollout, close)}
        >
          {(opener) => <Button {...opener}>{t('progress.promote.button')}</Button>}
        </Confirm>
      )}
      {/* Without a question: it takes callers out of danger, and a rollout can be started again. */}
      <Button variant="destructive" aria-disabled={isPending} onClick={() => act(stopRollout)}>
        {t('progress.stop')}
      </Button>
      {state === 'running' && !promotable && (
        <p className="w-full max-w-[46rem] text-sm text-muted-foreground">
          {t('progress.unreported')}
        </p>
      )}
      {state === 'running' && promotable && !permissions.decide && (
        <span className="text-sm text-muted-foreground">{t('progress.adminsPromote')}</span>
      )}
      <Failure
        what={t('progress.failed')}
        why={error ? failureText(error) : undefined}
        className="w-full"
      />
    </div>
  );
}
