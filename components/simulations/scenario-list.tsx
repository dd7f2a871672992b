'use client';
// The scenarios of an agent, each with its last result: chosen to run them, and opened for their results.
import { useMutation } from '@tanstack/react-query';
import { ChevronDown, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useAgentList } from '@/components/agents/agent-list';
import { ScenarioDetails } from '@/components/simulations/scenario-details';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { Failure, useFailureText } from '@/components/ui/failure';
import { SelectField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import { PRODUCTION } from '@/lib/core/deployment';
import { translated } from '@/lib/messages/catalogue';
import type { SimulationsOverview } from '@/lib/simulations/answers';
import type { SimulationStart } from '@/lib/simulations/simulations';
import { type Tally, talliesOf } from '@/lib/simulations/summary';

const TIMES = ['1', '2', '3', '5', '10'];
const AT_ONCE = ['1', '2', '3', '4'];
/** Separates two deployments to compare; names cannot contain it. */
const BESIDE = ',';

/** @throws {ApiError} 409 if others are running */
const startSimulations = (wanted: SimulationStart) => request('/api/simulations', { body: wanted });

/** The look of a list. */
const LIST = 'divide-y divide-border rounded-lg border border-border bg-card';

interface Row {
  /** Name of the scenario. */
  readonly name: string;
  readonly title: string;
  /** Its runs of each deployment. */
  readonly tallies: readonly Tally[];
}

interface ScenarioRowProps {
  readonly row: Row;
  /** Whether it is chosen; undefined if it cannot be. */
  readonly chosen: boolean | undefined;
  readonly onChoose: (on: boolean) => void;
}

/** A scenario: its last result on each deployment, and the others on demand. */
function ScenarioRow({ row: { title, tallies }, chosen, onChoose }: ScenarioRowProps) {
  const t = useTranslations('simulations');
  const name = translated(useTranslations('scenarios'), title);
  const [open, setOpen] = useState(false);
  const id = useId();
  const details = t(open ? 'list.close' : 'list.open');
  return (
    <li>
      <div className="flex items-center gap-x-3 px-4 sm:px-5">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-1.5">
          {chosen === undefined ? (
            <span className="flex min-h-9 min-w-48 flex-1 items-center">{name}</span>
          ) : (
            <label className="flex min-h-9 min-w-48 flex-1 items-center gap-3">
              <input
                type="checkbox"
                checked={chosen}
                onChange={({ target }) => onChoose(target.checked)}
                className="size-4 flex-none accent-foreground"
              />
              {name}
            </label>
          )}
          <span className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
            {tallies.map(({ deployment, runs: [last] }) => (
              <span key={deployment} className="flex items-center gap-2">
                <span className="text-muted-foreground">{deployment}</span>
                <Chip tone={last?.state === 'passed' ? 'go' : 'stop'}>
                  {t(`states.${last?.state ?? 'stopped'}`)}
                </Chip>
              </span>
            ))}
          </span>
        </div>
        {tallies.length > 0 ? (
          <Button
            variant="ghost"
            size="icon"
            aria-expanded={open}
            aria-controls={id}
            aria-label={`${details}: ${name}`}
            title={details}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown
              aria-hidden="true"
              className={cn('transition-transform duration-150', open && 'rotate-180')}
            />
          </Button>
        ) : (
          // So that results are below each other.
          <span className="size-11 flex-none" />
        )}
      </div>
      <div id={id}>{open && <ScenarioDetails tallies={tallies} />}</div>
    </li>
  );
}

interface ScenarioListProps {
  /** Agent name. */
  readonly agent: string;
  readonly overview: SimulationsOverview;
  readonly onStart: () => void;
}

export function ScenarioList({ agent, overview, onStart }: ScenarioListProps) {
  const t = useTranslations('simulations');
  const ofScenarios = useTranslations('scenarios');
  const { fault, live } = overview;
  const [usual = PRODUCTION, ...others] =
    useAgentList().find(({ name }) => name === agent)?.deployments ?? [];
  const simulations = overview.simulations.filter((one) => one.agent === agent);
  const tallies = talliesOf(overview.runs.filter((one) => one.agent === agent));
  const talliesIn = (name: string) =>
    tallies
      .filter(({ scenario }) => scenario === name)
      .sort((a, b) => rankOf(a.deployment) - rankOf(b.deployment));
  const rankOf = (deployment: string) => [usual, ...others, deployment].indexOf(deployment);
  const groups = [...new Set(simulations.map(({ group }) => group))].map((group) => ({
    group,
    rows: simulations
      .filter((one) => one.group === group)
      .map(({ name, title }): Row => ({ name, title, tallies: talliesIn(name) })),
  }));
  // Those that other programs have run, or whose file is gone.
  const rest = [...new Map(tallies.map((one) => [one.scenario, one.title]))]
    .filter(([scenario]) => !simulations.some(({ name }) => name === scenario))
    .map(([name, title]): Row => ({ name, title, tallies: talliesIn(name) }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(groups[0]?.rows.map(({ name }) => name)),
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
        {t('choose.title')}
      </h2>
      {fault && (
        <Notice
          tone="stop"
          title={t('choose.broken')}
          body={<pre className="text-wrap">{fault}</pre>}
        />
      )}
      {!live && simulations.length > 0 && (
        <div className="mt-3 grid grid-cols-2 items-end gap-2.5 lg:grid-cols-[15rem_9rem_9rem_auto] lg:justify-start">
          <SelectField
            label={t('choose.deployment')}
            value={deployment}
            options={[
              usual,
              ...others,
              ...others.map((other) => ({
                value: `${usual}${BESIDE}${other}`,
                label: t('choose.both', { one: usual, other }),
              })),
            ]}
            onChange={setDeployment}
            className="max-lg:col-span-full"
          />
          <SelectField
            label={t('choose.times')}
            value={times}
            options={TIMES}
            onChange={setTimes}
          />
          <SelectField
            label={t('choose.atOnce')}
            value={atOnce}
            options={AT_ONCE}
            onChange={setAtOnce}
          />
          <Button
            variant="primary"
            aria-disabled={isPending || names.length === 0}
            onClick={start}
            className="min-w-44 aria-disabled:opacity-60 max-lg:col-span-full"
          >
            <Play aria-hidden="true" className="size-4 fill-current stroke-none" />
            {isPending
              ? t('choose.starting')
              : t('choose.start', { many: names.length * deployments.length * Number(times) })}
          </Button>
        </div>
      )}
      <Failure
        what={t('choose.failed')}
        why={error ? failureText(error) : undefined}
        className="mt-3"
      />
      {groups.length + rest.length === 0 && !fault && (
        <p className="mt-3 text-muted-foreground">{t('list.none')}</p>
      )}
      {groups.map(({ group, rows }) => {
        const all = rows.map(({ name }) => name);
        const full = all.every((name) => chosen.has(name));
        return (
          <fieldset key={group} className="mt-5 min-w-0">
            <legend className="flex items-baseline gap-3 pb-1">
              <span className="font-semibold text-base">{translated(ofScenarios, group)}</span>
              {!live && (
                <button
                  type="button"
                  onClick={() => set(all, !full)}
                  className="min-h-9 rounded-sm px-1 font-medium text-sm text-muted-foreground underline underline-offset-3 hover:text-foreground"
                >
                  {t(full ? 'choose.none' : 'choose.all')}
                  <span className="sr-only">: {translated(ofScenarios, group)}</span>
                </button>
              )}
            </legend>
            <ul className={LIST}>
              {rows.map((row) => (
                <ScenarioRow
                  key={row.name}
                  row={row}
                  chosen={live ? undefined : chosen.has(row.name)}
                  onChoose={(on) => set([row.name], on)}
                />
              ))}
            </ul>
          </fieldset>
        );
      })}
      {rest.length > 0 && (
        <section aria-labelledby="rest" className="mt-5">
          <h3 id="rest" className="pb-2 font-semibold text-base">
            {t('list.rest')}
          </h3>
          <ul className={LIST}>
            {rest.map((row) => (
              <ScenarioRow key={row.name} row={row} chosen={undefined} onChoose={() => {}} />
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}
