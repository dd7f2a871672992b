'use client';
// A rollout: its state, its steps, the last check, and the actions.
import { useState } from 'react';
import { useMessages } from '@/components/language/language';
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
import { Failure } from '@/components/ui/failure';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { useAction } from '@/components/ui/use-action';
import { agentsMessages } from '@/lib/messages/agents';
import { rolloutsMessages } from '@/lib/rollouts/messages';
import type { RolloutOverview } from '@/lib/rollouts/overview';
import { GUARDED, type RolloutState } from '@/lib/rollouts/rollout';

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
  const { rolloutText, checkResult } = useMessages(rolloutsMessages);
  const { duration } = useMessages(agentsMessages);
  const words = rolloutText.progress;
  const { state, version, deployment, percent, overridden, finding, limits, endedAt } = rollout;
  return (
    <section
      aria-labelledby="progress"
      className="mt-6 rounded-lg border border-border bg-card p-4 sm:p-6"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h2 id="progress" className="text-[20px]">
          {words.title}
        </h2>
        <Chip tone={TONES[state]}>{rolloutText.states[state]}</Chip>
        <span className="break-all text-[15px] text-muted-foreground">
          {deployment} · {rolloutText.version(version)}
        </span>
      </div>
      {endedAt === undefined && (
        <p className="mt-2 font-medium text-[16px]" role="status">
          {words.share(percent, deployment)}
        </p>
      )}
      <Steps rollout={rollout} />
      {overridden && (
        <p className="mt-3 text-[14px] text-standby">{words.overridden(overridden)}</p>
      )}
      <div className="mt-3 max-w-[46rem] text-[14px] leading-relaxed">
        {finding ? (
          <>
            <h3 className="font-semibold">{words.looked(finding.look)}</h3>
            <ul>
              {checkResult(finding).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        ) : (
          endedAt === undefined && <p>{words.early}</p>
        )}
        {endedAt === undefined && (
          <p className="mt-1 text-muted-foreground">
            {words.limits(limits.errorPoints, duration(limits.answerMs))}
          </p>
        )}
      </div>
      {state === 'promoting' && (
        <Notice
          tone="standby"
          body={words.promoting(rolloutText.version(version))}
          className="max-w-[46rem]"
        />
      )}
      {endedAt === undefined && <Actions key={state} rollout={rollout} {...props} />}
    </section>
  );
}

/** The steps, with the current one highlighted. */
function Steps({ rollout: { steps, step, state, endedAt } }: { readonly rollout: Last }) {
  const { progress: words } = useMessages(rolloutsMessages).rolloutText;
  const at = state === 'promoting' ? steps.length : step;
  return (
    <ol aria-label={words.steps} className="mt-3 flex flex-wrap gap-1.5">
      {steps.map((percent, index) => {
        const now = index === at && endedAt === undefined;
        return (
          <li
            key={percent}
            aria-current={now ? 'step' : undefined}
            className={cn(
              'num inline-flex h-9 min-w-16 items-center justify-center rounded-sm border px-2.5 font-medium text-[14px]',
              now && 'border-transparent bg-staging-ground text-staging',
              !now && index < at && 'border-border bg-popover text-foreground',
              !now && index >= at && 'border-border border-dashed text-muted-foreground',
            )}
          >
            {percent} %{now && <span className="sr-only"> {words.now}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Actions({ rollout, promotable, permissions, onChange }: ProgressProps) {
  const { progress: words, why, version: versionText } = useMessages(rolloutsMessages).rolloutText;
  const [reason, setReason] = useState('');
  const { busy, problem, run } = useAction();
  const { agent, state, steps, step, version } = rollout;
  const act = (work: (agent: string, reason: string) => Promise<unknown>) =>
    run(async () => {
      await work(agent, reason).finally(onChange);
      setReason('');
    });
  const next = state === 'running' ? steps[step + 1] : undefined;
  if (!permissions.run) return null;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2.5">
      <div className="w-full">
        <TextField label={why} value={reason} onChange={setReason} className="sm:max-w-96" />
      </div>
      {next !== undefined && (permissions.decide || next <= GUARDED.percent) && (
        <Button
          variant="primary"
          aria-disabled={busy}
          onClick={() => void act((...whose) => nextStep(...whose, next))}
        >
          {words.next(next)}
        </Button>
      )}
      {state === 'running' && promotable && permissions.decide && (
        <Confirm
          words={{ ...words.promote, ask: words.promote.ask(versionText(version)) }}
          variant="secondary"
          busy={busy}
          onYes={(close) => void act(promoteRollout).then(close)}
        >
          {(opener) => <Button {...opener}>{words.promote.button}</Button>}
        </Confirm>
      )}
      <Confirm words={words.stop} busy={busy} onYes={(close) => void act(stopRollout).then(close)}>
        {(opener) => <Button {...opener}>{words.stop.button}</Button>}
      </Confirm>
      {state === 'running' && !promotable && (
        <p className="w-full max-w-[46rem] text-[14px] text-muted-foreground">{words.unreported}</p>
      )}
      {state === 'running' && promotable && !permissions.decide && (
        <span className="text-[14px] text-muted-foreground">{words.adminsPromote}</span>
      )}
      <Failure what={words.failed} why={problem} className="w-full" />
    </div>
  );
}
