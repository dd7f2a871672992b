'use client';
// The versions of an agent side by side, each on its deployment: how their calls went.
import { FiguresTable } from '@/components/agents/figures-table';
import { useTexts } from '@/components/language/language';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import type { RolloutOverview } from '@/lib/rollout/overview';
import { rolloutTexts } from '@/lib/text/rollout';

/** Versions of one deployment that are shown: the latest. More would leave none room. */
const VERSIONS_MAX = 2;
/** Least widths by how many columns there are, from one to six; no style of its own, which the policy forbids. */
const WIDTHS = [
  ...['min-w-[13rem]', 'min-w-[21rem]', 'min-w-[28rem]'],
  ...['min-w-[35rem]', 'min-w-[42rem]', 'min-w-[49rem]'],
];

interface VersionsProps {
  readonly person: string;
  readonly overview: RolloutOverview;
}

export function Versions({ person, overview }: VersionsProps) {
  const { figures: words } = useTexts(rolloutTexts).rolloutText;
  const { figures, running, rollout } = overview;
  const columns = running.flatMap(({ deployment, versions, places }) =>
    figures
      .filter((one) => one.deployment === deployment)
      .slice(0, VERSIONS_MAX)
      .map((stats) => {
        const runs = stats.version !== undefined && versions.includes(stats.version);
        return {
          deployment,
          version: stats.version ?? words.unknown,
          now: <span className="text-[14px]">{runs ? words.runs(places) : words.gone}</span>,
          stats,
        };
      }),
  );
  const goesOn = rollout !== undefined && rollout.endedAt === undefined;
  return (
    <section aria-labelledby="versions" className="mt-8">
      <h2 id="versions" className="text-[20px]">
        {words.title}
      </h2>
      <p className="mt-1 text-[14px] text-soft">{goesOn ? words.since : words.week}</p>
      {columns.length === 0 ? (
        <p className="mt-3 text-[15px]">{words.none}</p>
      ) : (
        <ScrollFrame
          label={words.caption(person)}
          className="mt-3 rounded-large border border-line bg-surface px-4 py-2 sm:px-6"
        >
          <div className={WIDTHS[columns.length - 1] ?? WIDTHS.at(-1)}>
            <FiguresTable caption={words.caption(person)} columns={columns} />
          </div>
        </ScrollFrame>
      )}
    </section>
  );
}
