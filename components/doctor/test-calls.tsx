'use client';
// Test calls to one agent, on each of its deployments: whether it came, how fast, and what it did.
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useExamination } from '@/components/doctor/examination';
import { FindingRow } from '@/components/doctor/finding-row';
import { LampBoard } from '@/components/doctor/lamp-board';
import { ToDo } from '@/components/doctor/to-do';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import type { Planned } from '@/lib/core/finding';

interface TestCallsProps {
  /** Agent name. */
  readonly agent: string;
  readonly plan: readonly Planned[];
}

export function TestCalls({ agent, plan }: TestCallsProps) {
  const t = useTranslations('doctor');
  const [isBegun, setBegun] = useState(false);
  const { findings, state, examine, ...asked } = useExamination(plan, isBegun, agent);
  const looking = isBegun && state === 'looking';
  return (
    <>
      <p className="mb-4 text-muted-foreground">{t('testCallLead')}</p>
      <div>
        <LampBoard plan={asked.plan} findings={findings} isBegun={isBegun} />
      </div>
      <div className="mt-4">
        <Button onClick={() => (isBegun ? examine() : setBegun(true))} disabled={looking}>
          {t(isBegun ? 'callAgain' : 'callNow')}
        </Button>
      </div>
      {state === 'failed' && (
        <Notice
          tone="stop"
          urgent
          title={t('failed.title')}
          body={t('failed.body')}
          className="max-w-none"
        />
      )}
      {isBegun && (
        <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)] lg:gap-5">
          <Panel title={t('groups.agents')}>
            <ul>
              {asked.plan.map((planned) => {
                const finding = findings.get(planned.id);
                return (
                  finding && <FindingRow key={planned.id} planned={planned} finding={finding} />
                );
              })}
            </ul>
          </Panel>
          <ToDo findings={[...findings.values()]} done={!looking} />
        </div>
      )}
    </>
  );
}
