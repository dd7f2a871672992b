// What may be said of each deployment beside the first one, in words.
import { useTexts } from '@/components/language/language';
import type { AgentStats } from '@/lib/calls/view/agent-stats';
import { compareStats, ENOUGH } from '@/lib/calls/view/compare-stats';
import type { TextsOf } from '@/lib/language/language';
import { agentsTexts } from '@/lib/text/agents';

function found(
  one: AgentStats,
  base: AgentStats,
  { agentsText, differenceInWords }: TextsOf<typeof agentsTexts>,
): readonly string[] {
  const compared = compareStats(one, base);
  if (compared.few) return [agentsText.compare.few(ENOUGH)];
  if (compared.differences.length === 0) return [agentsText.compare.same];
  return compared.differences.map(differenceInWords);
}

export function Comparison({
  stats: [base, ...others],
}: {
  readonly stats: readonly AgentStats[];
}) {
  const texts = useTexts(agentsTexts);
  const { compare } = texts.agentsText;
  if (!base) return null;
  return others.map((one) => (
    <div key={one.deployment} className="mt-4 text-[14px] leading-relaxed">
      <h3 className="font-semibold">{compare.title(one.deployment, base.deployment)}</h3>
      <ul>
        {found(one, base, texts).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  ));
}
