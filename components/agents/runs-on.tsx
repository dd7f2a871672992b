// The models that an agent uses. Deployments with the same models are listed together.
import { useTranslations } from 'next-intl';
import { useCatalogue } from '@/components/language/catalogue';
import { cn } from '@/components/ui/cn';
import type { DeploymentStatus } from '@/lib/agents/answers';
import { PRODUCTION } from '@/lib/core/deployment';
import { OWN_SPEECH } from '@/lib/core/model-names';
import type { Runs } from '@/lib/core/runs-on';

interface Group {
  readonly runs: Runs;
  /** Names of the deployments. */
  readonly deployments: string[];
  /** Which of its models do not answer. */
  readonly failing: DeploymentStatus['failing'];
}

/** Groups deployments by their models, in order. */
function groupsOf(deployments: readonly DeploymentStatus[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { name, runs, failing } of deployments) {
    for (const one of runs) {
      const key = JSON.stringify(one);
      const group = groups.get(key) ?? { runs: one, deployments: [], failing };
      group.deployments.push(name);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** The parts of the description, each a label and a value. */
function useParts({
  models,
  stt,
  tts,
  voice,
  tools,
}: Runs): readonly (readonly [string, string])[] {
  const t = useTranslations('models');
  const { reported } = useCatalogue();
  const inTurn = (names: readonly string[]) =>
    names
      .map((name) => reported(name.replace(OWN_SPEECH, reported(OWN_SPEECH))))
      .reduce((one, next) => (one ? t('then', { one, next }) : next), '');
  return [
    [t('thinks'), inTurn(models)],
    [t('hears'), inTurn(stt)],
    [t('speaks'), inTurn(tts)],
    [t('voice'), inTurn([voice])],
    ...(tools.length > 0 ? [[t('tools'), tools.join(', ')] as const] : []),
  ];
}

interface RunsOnProps {
  readonly person: string;
  readonly deployments: readonly DeploymentStatus[];
}

export function RunsOn({ person, deployments }: RunsOnProps) {
  const t = useTranslations('models');
  const groups = groupsOf(deployments);
  if (groups.length === 0) return null;
  return (
    <div className="mt-6 border-border border-t pt-4">
      <h2 className="font-sans font-semibold text-base tracking-normal">{t('title')}</h2>
      <ul aria-label={t('of', { person })} className="divide-y divide-border">
        {groups.map((group) => (
          <GroupRow key={JSON.stringify(group.runs)} {...group} />
        ))}
      </ul>
    </div>
  );
}

function GroupRow({ runs, deployments, failing }: Group) {
  const t = useTranslations('models');
  const staging = !deployments.includes(PRODUCTION);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-1 py-3 text-sm sm:grid-cols-[7.5rem_minmax(0,1fr)]">
      <span className={cn('text-sm leading-5', staging ? 'text-staging' : 'text-muted-foreground')}>
        {deployments.join(', ')}
      </span>
      <span className="min-w-0 break-words leading-5">
        {useParts(runs).map(([label, value], at) => (
          <span key={label}>
            {at > 0 && ', '}
            <span className="text-muted-foreground">{label}</span> {value}
          </span>
        ))}
        {'.'}
        {runs.missing.length > 0 && (
          <span className="block pt-1 text-stop-ink">
            {t('missing', { problems: runs.missing.join('; ') })}
          </span>
        )}
        {failing.map(({ name, cause }) => (
          <span key={name} className="block pt-1 text-stop-ink">
            {t('failing', { name, why: t(`causes.${cause}`) })}
          </span>
        ))}
      </span>
    </li>
  );
}
