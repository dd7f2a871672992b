'use client';
// The form for a new rollout: deployment, steps and limits, and a reason if simulations have failed.
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  overrideSimulations,
  type RolloutPermissions,
  startRollout,
} from '@/components/rollouts/rollout-client';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Failure, useFailureText } from '@/components/ui/failure';
import { FieldGroup, SelectField, TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { PRODUCTION } from '@/lib/core/deployment';
import { pathSegment } from '@/lib/core/path-segment';
import { translated } from '@/lib/messages/catalogue';
import type { RolloutOverview } from '@/lib/rollouts/answers';
import { DEFAULT_LIMITS, DEFAULT_STEPS } from '@/lib/rollouts/rollout';

/** The steps as they were typed. */
const stepsIn = (typed: string): string[] => typed.split(/[,;\s]+/).filter((one) => one !== '');
const firstOf = (typed: string): string => stepsIn(typed)[0] ?? '0';

interface StartFormProps {
  readonly overview: RolloutOverview;
  readonly permissions: RolloutPermissions;
  readonly onStart: () => Promise<unknown>;
}

export function StartForm({ overview, permissions, onStart }: StartFormProps) {
  const t = useTranslations('rollouts');
  const failureText = useFailureText();
  const names = overview.simulations.map(({ deployment }) => deployment);
  const [deployment, setDeployment] = useState(names[0] ?? '');
  const [steps, setSteps] = useState(DEFAULT_STEPS.join(', '));
  const [errors, setErrors] = useState(String(DEFAULT_LIMITS.errorPoints));
  const [answers, setAnswers] = useState(String(DEFAULT_LIMITS.answerMs));
  const [reason, setReason] = useState('');
  const simulated = overview.simulations.find((one) => one.deployment === deployment);
  const failed = simulated?.state === 'failed';
  const {
    mutate: start,
    isPending,
    error,
  } = useMutation({
    mutationFn: () => {
      const wanted = {
        deployment,
        // The server rejects values that are not numbers, and names the field.
        steps: stepsIn(steps).map(Number),
        error_points: Number(errors || Number.NaN),
        answer_ms: Number(answers || Number.NaN),
        reason,
      };
      return (failed ? overrideSimulations : startRollout)(overview.agent, wanted);
    },
    onSettled: onStart,
  });
  return (
    <section aria-labelledby="start" className="mt-7">
      <h2 id="start" className="text-xl">
        {t('start.title')}
      </h2>
      <Hints overview={overview} deployment={deployment} />
      {!permissions.run && (
        <p className="mt-2 text-base text-muted-foreground">{t('start.notYours')}</p>
      )}
      {permissions.run && (!failed || permissions.decide) && (
        <form
          noValidate
          className="mt-3 grid max-w-[46rem] grid-cols-[minmax(0,1fr)] gap-4"
          onSubmit={(event) => event.preventDefault()}
        >
          {names.length > 1 && (
            <SelectField
              label={t('start.deployment')}
              value={deployment}
              options={names}
              onChange={setDeployment}
              className="sm:max-w-64"
            />
          )}
          <TextField
            label={t('start.steps')}
            hint={t('start.stepsHint')}
            value={steps}
            onChange={setSteps}
            className="sm:max-w-96"
          />
          <FieldGroup title={t('start.limits')} small>
            <div className="grid items-end gap-4 sm:grid-cols-2">
              <TextField label={t('start.errors')} value={errors} onChange={setErrors} />
              <TextField label={t('start.answers')} value={answers} onChange={setAnswers} />
            </div>
          </FieldGroup>
          <TextField
            label={t(failed ? 'start.reason' : 'why')}
            value={reason}
            onChange={setReason}
            className="sm:max-w-96"
          />
          <Confirm
            words={{
              ask: t('start.ask', { percent: firstOf(steps), deployment }),
              yes: t(isPending ? 'start.starting' : 'start.yes'),
              no: t('start.no'),
            }}
            variant={failed ? 'destructive' : 'primary'}
            busy={isPending}
            onYes={(close) => start(undefined, { onSettled: close })}
          >
            {(opener) => (
              // It submits the form, so that Enter in a field asks, too.
              <Button
                type="submit"
                variant={failed ? 'destructive' : 'primary'}
                className="w-fit"
                {...opener}
              >
                {t(failed ? 'start.override' : 'start.button')}
              </Button>
            )}
          </Confirm>
          <Failure what={t('start.failed')} why={error ? failureText(error) : undefined} />
        </form>
      )}
    </section>
  );
}

/** Reasons why the rollout cannot start, or may fail later. */
function Hints({
  overview,
  deployment,
}: {
  readonly overview: RolloutOverview;
  readonly deployment: string;
}) {
  const t = useTranslations('rollouts.start');
  const ofScenarios = useTranslations('scenarios');
  const on = (name: string) => overview.running.find((one) => one.deployment === name);
  const { reports = true, versions: [version, ...others] = [] } = on(deployment) ?? {};
  const simulated = overview.simulations.find((one) => one.deployment === deployment);
  const hints = [
    !reports && t('unreported', { deployment }),
    reports && version === undefined && t('nobody', { deployment }),
    version !== undefined &&
      others.length > 0 &&
      t('several', { deployment, versions: [version, ...others].join(', ') }),
    version !== undefined && on(PRODUCTION)?.versions.includes(version) && t('same', { version }),
    simulated?.state === 'missing' && t('notSimulated', { deployment }),
  ].filter((hint) => hint !== false && hint !== undefined);
  const link = (
    <Link
      href={`/agents/${pathSegment(overview.agent)}/simulations`}
      className="inline-flex min-h-11 items-center font-medium text-sm underline underline-offset-3"
    >
      {t('simulations')}
    </Link>
  );
  return (
    <>
      {simulated?.state === 'failed' && (
        <Notice
          tone="stop"
          title={t('failedSimulations', { deployment })}
          className="max-w-[46rem]"
          body={
            <>
              <ul>
                {simulated.failed.map(({ scenario, title, passed, of }) => (
                  <li key={scenario}>
                    {t('ofRuns', { title: translated(ofScenarios, title), passed, of })}
                  </li>
                ))}
              </ul>
              <p className="mt-1">{t('gate')}</p>
            </>
          }
        >
          {link}
        </Notice>
      )}
      {hints.length > 0 && (
        <ul className="mt-2 max-w-[46rem] text-sm text-muted-foreground leading-relaxed">
          {hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
          {simulated?.state === 'missing' && <li>{link}</li>}
        </ul>
      )}
    </>
  );
}
