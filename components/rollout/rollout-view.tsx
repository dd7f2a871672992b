'use client';
// The page of an agent's roll-out: how it stands, or what starts one; its versions side by side; who did
// what.
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { RolloutOverview } from '@/lib/rollout/overview';
import { rolloutTexts } from '@/lib/text/rollout';
import { History } from './history';
import { Standing } from './standing';
import { StartForm } from './start-form';
import { useRollout } from './use-rollout';
import { Versions } from './versions';

/** What whoever looks may do. */
export interface RolloutRights {
  /** Start, take the next step, stop. */
  readonly run: boolean;
  /** Promote, and override rehearsals. */
  readonly decide: boolean;
}

interface RolloutViewProps {
  /** Agent name. */
  readonly agent: string;
  readonly person: string;
  readonly rights: RolloutRights;
  /** As the server had it; undefined where the database was away. */
  readonly first: RolloutOverview | undefined;
}

export function RolloutView({ agent, person, rights, first }: RolloutViewProps) {
  const { rolloutText } = useTexts(rolloutTexts);
  const { overview, problem, look } = useRollout(agent, first);
  const last = overview?.rollout;
  const goesOn = last !== undefined && last.endedAt === undefined;
  return (
    <>
      {problem && (
        <Notice tone="stop" title={rolloutText.away} body={problem}>
          <Button onClick={() => void look()}>{rolloutText.again}</Button>
        </Notice>
      )}
      {overview && (
        <>
          {last && <Standing rollout={last} rights={rights} onChange={look} />}
          {!goesOn && <StartForm overview={overview} rights={rights} onStart={look} />}
          <Versions person={person} overview={overview} />
          <History entries={overview.history} />
        </>
      )}
    </>
  );
}
