// The conversation as a table, for screen readers and for copying.
import { useMessages } from '@/components/language/language';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import type { Mark } from '@/lib/calls/call';
import { isTurn } from '@/lib/calls/view/picture';
import { clock } from '@/lib/core/clock';
import { callMessages } from '@/lib/messages/call';
import { callsMessages } from '@/lib/messages/calls';

export function TalkTable({ marks }: { readonly marks: readonly Mark[] }) {
  const { callText } = useMessages(callMessages);
  const { callsText } = useMessages(callsMessages);
  const { talk: words } = callText;
  const turns = marks.filter(isTurn);
  if (turns.length === 0) return null;
  const cell = 'py-1 pr-3 text-left align-top font-normal';
  return (
    <details className="mt-3 text-[14px]">
      <summary className="inline-flex min-h-9 cursor-pointer items-center rounded-small text-soft hover:text-ink">
        {words.table}
      </summary>
      <ScrollFrame label={words.table} className="mt-1">
        <table className="w-full min-w-[32rem]">
          <thead className="text-soft">
            <tr>
              {Object.values(words.columns).map((name) => (
                <th key={name} scope="col" className={cell}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {turns.map((turn) => (
              <tr key={turn.id}>
                <td className={`${cell} num`}>{clock(turn.from)}</td>
                <th scope="row" className={cell}>
                  {turn.by}
                </th>
                <td className={cell}>
                  {turn.text}
                  {turn.interrupted && ` — ${callText.interrupted}`}
                  {turn.typed && ` (${callText[turn.pressed ? 'pressed' : 'typed']})`}
                </td>
                <td className={`${cell} num whitespace-nowrap`}>
                  {callText.seconds(turn.to - turn.from)}
                </td>
                <td className={`${cell} num whitespace-nowrap`}>
                  {turn.latency.firstAudio === undefined
                    ? ''
                    : callsText.ms(turn.latency.firstAudio)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </details>
  );
}
