'use client';
// Selects simulations, deployments and number of runs, and starts them.
import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { deploymentsIn, useAgentList } from '@/components/agents/agent-list';
import { Button } from '@/components/ui/button';
import { Failure, useFailureText } from '@/components/ui/failure';
import { Choice, SelectField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import { PRODUCTION } from '@/lib/core/deployment';
import { translated } from '@/lib/messages/catalogue';
import type { ScenarioChoice } from '@/lib/simulations/answers';
import type { SimulationStart } from '@/lib/simulations/simulations';

const TIMES = ['1', '2', '3', '5', '10'];
const AT_ONCE = ['1', '2', '3', '4'];
/** Separates two deployments to compare; names cannot contain it. */
const BESIDE = ',';

/** @throws {ApiError} 409 if others are running */
const startSimulations = (wanted: SimulationStart) => request('/api/simulations', { body: wanted });

interface StartSimulationsProps {
  readonly simulations: readonly ScenarioChoice[];
  /** Why the scenario files could not be read. */
  readonly fault: string | undefined;
  readonly onStart: () => void;
}

export function StartSimulations({ simulations, fault, onStart }: StartSimulationsProps) {
  const t = useTranslations('simulations.choose');
  const ofScenarios = useTranslations('scenarios');
  const known = deploymentsIn(useAgentList());
  const [usual = PRODUCTION, ...others] = known;
  const groups = [...new Set(simulations.map(({ group }) => group))];
  const of = (group: string) => simulations.filter((one) => one.group === group);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(of(groups[0] ?? '').map(({ name }) => name)),
  );
  const [deployment, setDeployment] = useState<string>(usual);
  const [times, setTimes] = useState('1');
  const [atOnce, setAtOnce] = useState('2');
  const set = (names: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    setChosen(next);
  };
  const names = simulations.map(({ name }) => name).filter((name) => chosen.has(name));
  const deployments = deployment.split(BESIDE);
  const failureText = useFailureText();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      startSimulations({ names, deployments, times: Number(times), at_once: Number(atOnce) }),
    onSuccess: onStart,
  });
  const start = () => {
    if (!isPending && names.length > 0) mutate();
  };
  return (
    <section aria-labelledby="choose" className="mt-7">
      <h2 id="choose" className="text-xl">
        {t('title')}
      </h2>
      {fault && (
        <Notice tone="stop" title={t('broken')} body={<pre className="text-wrap">{fault}</pre>} />
      )}
      <div className="mt-3 grid gap-5">
        {groups.map((group) => {
          const all = of(group).map(({ name }) => name);
          const full = all.every((name) => chosen.has(name));
          return (
            <fieldset key={group} className="min-w-0">
              <legend className="flex items-baseline gap-3 pb-2">
                <span className="font-semibold text-base">{translated(ofScenarios, group)}</span>
                <button
                  type="button"
                  onClick={() => set(all, !full)}
                  className="min-h-9 rounded-sm px-1 font-medium text-sm text-muted-foreground underline underline-offset-3 hover:text-foreground"
                >
                  {t(full ? 'none' : 'all')}
                  <span className="sr-only">: {translated(ofScenarios, group)}</span>
                </button>
              </legend>
              <div className="flex flex-wrap gap-2">
                {of(group).map(({ name, title }) => (
                  <Choice
                    key={name}
                    type="checkbox"
                    label={translated(ofScenarios, title)}
                    checked={chosen.has(name)}
                    onChange={({ target }) => set([name], target.checked)}
                  />
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
      <div className="mt-5 grid grid-cols-2 items-end gap-2.5 lg:grid-cols-[15rem_9rem_9rem_auto] lg:justify-start">
        <SelectField
          label={t('deployment')}
          value={deployment}
          options={[
            ...(known.length > 0 ? known : [usual]),
            ...others.map((other) => ({
              value: `${usual}${BESIDE}${other}`,
              label: t('both', { one: usual, other }),
            })),
          ]}
          onChange={setDeployment}
          className="max-lg:col-span-full"
        />
        <SelectField label={t('times')} value={times} options={TIMES} onChange={setTimes} />
        <SelectField label={t('atOnce')} value={atOnce} options={AT_ONCE} onChange={setAtOnce} />
        <Button
          variant="primary"
          aria-disabled={isPending || names.length === 0}
          onClick={start}
          className="min-w-44 aria-disabled:opacity-60 max-lg:col-span-full"
        >
          <Play aria-hidden="true" className="size-4 fill-current stroke-none" />
          {isPending
            ? t('starting')
            : t('start', { many: names.length * deployments.length * Number(times) })}
        </Button>
      </div>
      <Failure what={t('failed')} why={error ? failureText(error) : undefined} className="mt-3" />
    </section>
  );
}
