// The setup of a call as a waterfall: when each stage started, and how long it took. The chart is inside a table, so
// it needs no alternative.
import { useMessages } from '@/components/language/language';
import type { Stage } from '@/lib/calls/call';
import { callMessages } from '@/lib/messages/call';
import { callsMessages } from '@/lib/messages/calls';
import { Panel } from './panel';

/** Milliseconds from which a stage is amber. Our own choice, as for a slow join. */
const SLOW_STAGE_MS = 2_000;
/** Minimum width in percent, so that short stages are visible. */
const MIN_WIDTH = 0.6;

export function Setup({ stages }: { readonly stages: readonly Stage[] }) {
  const { callText } = useMessages(callMessages);
  const { callsText, stageNames } = useMessages(callsMessages);
  const { setUp: words } = callText;
  const end = Math.max(1, ...stages.map(({ to }) => to));
  return (
    <Panel
      title={words.title}
      aside={
        stages.some(({ name }) => name === 'first audio') && (
          <span className="num">
            <span className="sr-only">{words.total}: </span>
            {callsText.ms(end)}
          </span>
        )
      }
    >
      {stages.length === 0 ? (
        <p className="text-[14px] text-soft">{words.none}</p>
      ) : (
        <table className="w-full border-separate border-spacing-y-1.5 text-[14px]">
          <thead className="sr-only">
            <tr>
              <th scope="col">{words.stage}</th>
              <th scope="col">{words.begins}</th>
              <th scope="col">{words.takes}</th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ name, from, to }) => (
              <tr key={name}>
                <th scope="row" className="w-[6rem] pr-2 text-left font-normal sm:w-[8.5rem]">
                  {stageNames[name]}
                </th>
                <td className="relative h-5 rounded-[5px] bg-hover">
                  <span className="sr-only">{callsText.ms(from)}</span>
                  {/* As SVG attributes: the Content-Security-Policy forbids inline styles in server-rendered HTML. */}
                  <svg aria-hidden="true" className="absolute inset-0 size-full">
                    <rect
                      x={`${(from / end) * 100}%`}
                      width={`${Math.max(MIN_WIDTH, ((to - from) / end) * 100)}%`}
                      height="100%"
                      rx={4}
                      className={to - from >= SLOW_STAGE_MS ? 'fill-amber' : 'fill-ink'}
                    />
                  </svg>
                </td>
                <td className="num w-[4.6rem] whitespace-nowrap pl-2 text-right text-[13px]">
                  {callsText.ms(to - from)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
