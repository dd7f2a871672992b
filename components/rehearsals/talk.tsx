// What was said and heard in a run, line by line, and what of it was not as it must be.
import { useMessages } from '@/components/language/language';
import type { RehearsalRun } from '@/lib/calls/test-calls/result';
import { simulationsMessages } from '@/lib/messages/simulations';

export function Talk({ run }: { readonly run: Pick<RehearsalRun, 'lines' | 'misses'> }) {
  const { simulationsText, missed } = useMessages(simulationsMessages);
  const { live, detail } = simulationsText;
  return (
    <div className="grid gap-3 pt-1 text-[14px] leading-relaxed">
      {run.lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
        <div key={at}>
          <p>
            <span className="inline-block w-16 text-soft">{live.said}</span>
            {line.said || <em className="text-soft">{detail.silent}</em>}
          </p>
          <p className="[overflow-wrap:anywhere]">
            <span className="inline-block w-16 text-soft">{live.heard}</span>
            {line.heard || <em className="text-soft">{detail.nothing}</em>}{' '}
            {line.delayMs !== undefined && (
              <span className="num text-[13px] text-soft">{detail.delay(line.delayMs)}</span>
            )}
          </p>
          <Misses lines={line.misses.map(missed)} />
        </div>
      ))}
      <Misses lines={run.misses.map(missed)} />
    </div>
  );
}

function Misses({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="mt-1 border-stop border-l-2 pl-3 text-stop-ink [overflow-wrap:anywhere]">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
