'use client';
// The page of the rehearsals: what can be held, what goes on, what came of them.
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Overview } from '@/lib/rehearsals/overview';
import { callsTexts } from '@/lib/text/calls';
import { rehearsalsTexts } from '@/lib/text/rehearsals';
import { Choose } from './choose';
import { Live } from './live';
import { Results } from './results';
import { useRehearsals } from './use-rehearsals';

export function RehearsalsView({ first }: { readonly first: Overview | undefined }) {
  const { rehearsalsText: words } = useTexts(rehearsalsTexts);
  const { callsText } = useTexts(callsTexts);
  const { overview, problem, look } = useRehearsals(first);
  const live = overview?.live;
  return (
    <>
      {problem && (
        <Notice tone="stop" urgent title={words.results.away} body={problem.message}>
          <Button onClick={look}>{callsText.away.again}</Button>
        </Notice>
      )}
      {overview && (
        <>
          {live ? (
            <Live
              session={live}
              runs={overview.runs.filter(({ session }) => session === live.id)}
              onChange={look}
            />
          ) : (
            <Choose rehearsals={overview.rehearsals} fault={overview.fault} onStart={look} />
          )}
          <Results runs={overview.runs} />
        </>
      )}
    </>
  );
}
