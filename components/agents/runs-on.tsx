// The models that an agent uses. Deployments with the same models are listed together.
import { useMessages } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import type { DeploymentStatus } from '@/lib/agents/status';
import { PRODUCTION } from '@/lib/core/deployment';
import type { MessagesOf } from '@/lib/core/language';
import type { Runs } from '@/lib/core/runs-on';
import { modelsMessages } from '@/lib/messages/agents';

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
function partsOf(
  { models, stt, tts, voice, tools }: Runs,
  { inTurn, all, ...text }: MessagesOf<typeof modelsMessages>['modelsText'],
): readonly (readonly [string, string])[] {
  return [
    [text.thinks, inTurn(models)],
    [text.hears, inTurn(stt)],
    [text.speaks, inTurn(tts)],
    [text.voice, inTurn([voice])],
    ...(tools.length > 0 ? [[text.tools, all(tools)] as const] : []),
  ];
}

interface RunsOnProps {
  readonly person: string;
  readonly deployments: readonly DeploymentStatus[];
}

export function RunsOn({ person, deployments }: RunsOnProps) {
  const { modelsText } = useMessages(modelsMessages);
  const groups = groupsOf(deployments);
  if (groups.length === 0) return null;
  return (
    <div className="mt-6 border-border border-t pt-4">
      <h3 className="font-semibold text-[15px]">{modelsText.title}</h3>
      <ul aria-label={modelsText.of(person)} className="divide-y divide-border">
        {groups.map((group) => (
          <GroupRow key={JSON.stringify(group.runs)} {...group} />
        ))}
      </ul>
    </div>
  );
}

function GroupRow({ runs, deployments, failing }: Group) {
  const { modelsText } = useMessages(modelsMessages);
  const staging = !deployments.includes(PRODUCTION);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-1 py-3 text-[14px] sm:grid-cols-[7.5rem_minmax(0,1fr)]">
      <span
        className={cn('text-[13px] leading-5', staging ? 'text-staging' : 'text-muted-foreground')}
      >
        {modelsText.all(deployments)}
      </span>
      <span className="min-w-0 break-words leading-5">
        {partsOf(runs, modelsText).map(([label, value], at) => (
          <span key={label}>
            {at > 0 && ', '}
            <span className="text-muted-foreground">{label}</span> {value}
          </span>
        ))}
        {'.'}
        {runs.missing.length > 0 && (
          <span className="block pt-1 text-stop-ink">{modelsText.missing(runs.missing)}</span>
        )}
        {failing.map(({ name, cause }) => (
          <span key={name} className="block pt-1 text-stop-ink">
            {modelsText.failing(name, modelsText.causes[cause])}
          </span>
        ))}
      </span>
    </li>
  );
}
