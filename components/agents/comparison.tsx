'use client';
import { WideFiguresTable } from '@/components/agents/figures-table';
// How deployments and versions of an agent differ: in words, and the versions side by side.
import { useMessages } from '@/components/language/language';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import type { AgentStats, Figures } from '@/lib/calls/view/agent-stats';
import { compareStats, ENOUGH } from '@/lib/calls/view/agent-stats';
import type { MessagesOf } from '@/lib/core/language';
import { agentsMessages } from '@/lib/messages/agents';

/** How a deployment or version differs from another one. */
function found(
  one: Figures,
  base: Figures,
  { agentsText, describeDifference }: MessagesOf<typeof agentsMessages>,
): readonly string[] {
  const compared = compareStats(one, base);
  if (compared.few) return [agentsText.compare.few(ENOUGH)];
  if (compared.differences.length === 0) return [agentsText.compare.same];
  return compared.differences.map(describeDifference);
}

/** Something with figures, and its name. */
export type Named = readonly [name: string, figures: Figures];

/** How one differs from the other. */
export function Comparison({ one, base }: { readonly one: Named; readonly base: Named }) {
  const texts = useMessages(agentsMessages);
  return (
    <div className="mt-4 text-[14px] leading-relaxed">
      <h3 className="font-semibold [overflow-wrap:anywhere]">
        {texts.agentsText.compare.title(one[0], base[0])}
      </h3>
      <ul>
        {found(one[1], base[1], texts).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

interface VersionsProps {
  readonly person: string;
  readonly stats: readonly AgentStats[];
}

/** The versions of each deployment that has several, folded; nothing if none has. */
export function Versions({ person, stats }: VersionsProps) {
  const { versions: words } = useMessages(agentsMessages).agentsText;
  const columns = stats.flatMap(({ deployment, versions }) =>
    versions.map((one) => ({ deployment, version: one.version ?? '', stats: one })),
  );
  if (columns.length === 0) return null;
  return (
    <details className="mt-3 text-[14px]">
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-sm font-medium underline underline-offset-3">
        {words.title}
        <span className="sr-only">: {person}</span>
      </summary>
      <p className="text-muted-foreground">{words.known}</p>
      <ScrollFrame label={words.caption(person)}>
        <WideFiguresTable caption={words.caption(person)} columns={columns} />
      </ScrollFrame>
      {stats.map(({ deployment, versions: [one, base] }) => {
        if (!one || !base) return null;
        const named = (of: typeof one): Named => [words.of(deployment, of.version ?? ''), of];
        return <Comparison key={deployment} one={named(one)} base={named(base)} />;
      })}
    </details>
  );
}
