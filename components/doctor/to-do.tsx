// What to do, the worst first, and once for all findings that need it. Last in its column, so that new entries do not
// shift the layout.

import { useTranslations } from 'next-intl';
import { placeOf } from '@/components/doctor/finding-row';
import { Mark } from '@/components/doctor/state-mark';
import { Panel } from '@/components/ui/panel';
import type { Finding } from '@/lib/core/finding';
import { groupBy } from '@/lib/core/group-by';

const ORDER: readonly Finding['state'][] = ['fail', 'warn', 'unknown'];

/** Id of the list. */
export const TO_DO = 'to-do';

interface Task {
  readonly todo: string;
  readonly findings: readonly [Finding, ...Finding[]];
}

/** The things to do, each once. */
export function tasksOf(findings: readonly Finding[]): Task[] {
  const open = ORDER.flatMap((state) => findings.filter((one) => one.state === state && one.todo));
  return [...groupBy(open, ({ todo }) => todo)].map(([todo, all]) => ({ todo, findings: all }));
}

interface ToDoProps {
  readonly findings: readonly Finding[];
  readonly done: boolean;
}

export function ToDo({ findings, done }: ToDoProps) {
  const t = useTranslations('doctor');
  const tasks = tasksOf(findings);
  return (
    <div id={TO_DO} className="scroll-mt-4">
      <Panel title={t('toDo.title')}>
        {tasks.length === 0 ? (
          <p className="text-base text-muted-foreground">
            {t(done ? 'toDo.nothing' : 'toDo.later')}
          </p>
        ) : (
          <ol className="grid gap-4">
            {tasks.map(({ todo, findings: [first, ...others] }) => (
              <li key={todo} className="flex animate-arrive gap-3">
                <span className="pt-0.5">
                  <Mark state={first.state} />
                </span>
                <div className="min-w-0 [overflow-wrap:anywhere]">
                  <p className="font-semibold text-base">{todo}</p>
                  <p className="mt-0.5 text-sm text-muted-foreground">
                    {[first, ...others].map(({ id, title: name }, at) => (
                      <span key={id}>
                        {at > 0 && ', '}
                        <a
                          href={`#${placeOf(id)}`}
                          className="font-medium text-foreground underline underline-offset-4"
                        >
                          {name}
                        </a>
                      </span>
                    ))}
                    {others.length === 0 && `: ${first.seen}`}
                  </p>
                </div>
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </div>
  );
}
