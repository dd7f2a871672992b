'use client';
// The doctor: an overview of all checks, the findings, and what to do.
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useId, useState } from 'react';
import { browserPlan, examineBrowser, useBrowserWords } from '@/components/doctor/browser-checks';
import { useExamination } from '@/components/doctor/examination';
import { FindingRow } from '@/components/doctor/finding-row';
import { LampBoard } from '@/components/doctor/lamp-board';
import { Mark } from '@/components/doctor/state-mark';
import { TO_DO, ToDo, tasksOf } from '@/components/doctor/to-do';
import { WhyForm } from '@/components/doctor/why-view';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import type { Finding, Planned } from '@/lib/core/finding';

/** The findings of the browser, kept until the next run. */
function useBrowser(isBegun: boolean) {
  const words = useBrowserWords();
  const [findings, setFindings] = useState<ReadonlyMap<string, Finding>>(new Map());
  const [looking, setLooking] = useState(true);
  const addFinding = useCallback((finding: Finding) => {
    setFindings((last) => new Map(last).set(finding.id, finding));
  }, []);

  const examine = useCallback(async () => {
    setFindings(new Map());
    setLooking(true);
    await examineBrowser(words, addFinding);
    setLooking(false);
  }, [words, addFinding]);

  const tryMicrophone = useCallback(
    () => void examineBrowser(words, addFinding, { mayAsk: true, only: 'browser:microphone' }),
    [words, addFinding],
  );

  useEffect(() => {
    if (isBegun) void examine();
  }, [examine, isBegun]);
  return { plan: browserPlan(words), findings, looking, examine, tryMicrophone };
}

const isAgent = ({ id }: Planned) => id.startsWith('agent:');
const MICROPHONE = 'browser:microphone';

interface DoctorViewProps {
  readonly plan: readonly Planned[];
  /** Whether to start with a click, because another site linked here: the checks make test calls. */
  readonly waits: boolean;
}

export function DoctorView({ plan, waits }: DoctorViewProps) {
  const t = useTranslations('doctor');
  const [isBegun, setBegun] = useState(!waits);
  const server = useExamination(plan, isBegun);
  const browser = useBrowser(isBegun);
  const findings: ReadonlyMap<string, Finding> = new Map([...server.findings, ...browser.findings]);
  const all = [...server.plan, ...browser.plan];
  const looking = server.state === 'looking' || browser.looking;
  const found = all.flatMap(({ id }) => findings.get(id) ?? []);
  const again = () => {
    server.examine();
    void browser.examine();
  };
  const askId = useId();
  const isPassed = (id: string) => findings.get(id)?.state === 'ok';
  const passed = all.filter(({ id }) => isPassed(id));
  const rows = (checks: readonly Planned[]) => (
    <ul>
      {checks.map((planned) => {
        const finding = findings.get(planned.id);
        return (
          finding && (
            <FindingRow key={planned.id} planned={planned} finding={finding}>
              {planned.id === MICROPHONE && (
                <Button onClick={browser.tryMicrophone}>{t('allowMic')}</Button>
              )}
            </FindingRow>
          )
        );
      })}
    </ul>
  );
  const groupsOf: readonly (readonly [string, readonly Planned[]])[] = [
    [t('groups.server'), server.plan.filter((one) => !isAgent(one))],
    [t('groups.agents'), server.plan.filter(isAgent)],
    [t('groups.browser'), browser.plan],
  ];
  return (
    <>
      <div className="mt-6">
        <LampBoard plan={all} findings={findings} isBegun={isBegun} />
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        {isBegun ? (
          <Button onClick={again} disabled={looking}>
            {t('again')}
          </Button>
        ) : (
          // A form, because it also works before the page is interactive: it opens the page again, from this site.
          <form
            action="/doctor"
            onSubmit={(event) => {
              event.preventDefault();
              setBegun(true);
            }}
          >
            <Button type="submit">{t('begin')}</Button>
          </form>
        )}
        {tasksOf(found).length > 0 && (
          <a
            href={`#${TO_DO}`}
            className="inline-flex min-h-11 animate-arrive items-center px-2 font-semibold text-base underline underline-offset-4"
          >
            {t('toDo.jump')}
          </a>
        )}
      </div>
      {server.state === 'failed' && (
        <Notice
          tone="stop"
          urgent
          title={t('failed.title')}
          body={t('failed.body')}
          className="max-w-none"
        >
          <Button onClick={again}>{t('failed.again')}</Button>
        </Notice>
      )}
      <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)] lg:gap-5">
        <div className="grid min-w-0 gap-4 lg:gap-5">
          {groupsOf.map(([title, checks]) => {
            const open = checks.filter(({ id }) => !isPassed(id) && findings.has(id));
            return (
              open.length > 0 && (
                <Panel key={title} title={title}>
                  {rows(open)}
                </Panel>
              )
            );
          })}
          {passed.length > 0 && (
            <details className="group/passed min-w-0 rounded-lg border border-border bg-card p-4 sm:p-5">
              <summary className="flex min-h-8 cursor-pointer list-none items-center gap-3 rounded-sm [&::-webkit-details-marker]:hidden">
                <Mark state="ok" />
                <h2 className="flex-1 text-lg">{t('passed', { count: passed.length })}</h2>
                <ChevronDown
                  aria-hidden="true"
                  className="size-[18px] text-muted-foreground transition-transform duration-150 group-open/passed:rotate-180"
                />
              </summary>
              {rows(passed)}
            </details>
          )}
        </div>
        <div className="grid min-w-0 gap-4 lg:gap-5">
          <section
            aria-labelledby={askId}
            className="min-w-0 rounded-lg border border-border bg-card p-4 sm:p-5"
          >
            <h2 id={askId} className="text-lg">
              {t('ask.title')}
            </h2>
            <p className="mt-1 text-sm text-muted-foreground">{t('ask.lead')}</p>
            <WhyForm room={undefined} />
          </section>
          <ToDo findings={found} done={!looking} />
        </div>
      </div>
    </>
  );
}
