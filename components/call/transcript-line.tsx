// A line of the transcript: speech, a tool call, a failure, or a participant who joined or left.
import { useMessages } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import type { Line, SpokenLine } from '@/lib/call/line';
import { clock } from '@/lib/core/clock';
import { catalogueMessages, mainMessages } from '@/lib/messages/main';
import { ToolCall } from './tool-call';

/** Milliseconds from which callers notice a delay; longer answers are amber. */
const SLOW_ANSWER_MS = 1_000;

/** The words of a line; while it is in progress, the newest ones are highlighted. */
function Words({ line, live }: { readonly line: SpokenLine; readonly live: boolean }) {
  if (!live || line.voice.side !== 'agent') return <>{line.text}</>;
  const at = line.text.search(/\S+$/);
  return (
    <>
      {line.text.slice(0, at)}
      <span className="font-semibold text-go">{line.text.slice(at)}</span>
    </>
  );
}

interface HeadProps {
  readonly line: SpokenLine;
  readonly details: boolean;
}

function Head({ line, details }: HeadProps) {
  const { text } = useMessages(mainMessages);
  const marks = [
    line.cut && text.transcript.cut[line.cut],
    line.typed && text.transcript[line.pressed ? 'pressed' : 'typed'],
  ];
  const who = line.voice.side === 'you' ? text.transcript.you : line.voice.name;
  return (
    <div className="flex items-baseline justify-between gap-3 pb-1 text-[13px] text-soft">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {[who, ...marks].filter(Boolean).join(' · ')}
      </span>
      <span className="flex items-baseline gap-2">
        {details && line.answeredMs !== undefined && (
          <span
            title={text.transcript.answered(line.answeredMs)}
            className={cn(
              'num rounded-full px-1.5 py-px text-[12px]',
              line.answeredMs >= SLOW_ANSWER_MS
                ? 'bg-standby-ground text-standby'
                : 'bg-go-ground text-go',
            )}
          >
            {text.transcript.ms(line.answeredMs)}
          </span>
        )}
        <span className="num">{clock(line.at)}</span>
      </span>
    </div>
  );
}

interface TranscriptLineProps {
  readonly line: Line;
  readonly over: boolean;
  /** Whether to show latencies and tool timings. */
  readonly details: boolean;
}

export function TranscriptLine({ line, over, details }: TranscriptLineProps) {
  const { text } = useMessages(mainMessages);
  const { reported } = useMessages(catalogueMessages);
  if (line.kind === 'tool') {
    // React does not accept `key` in a spread.
    const { key: _, ms, ...tool } = line;
    return (
      <li className="animate-arrive">
        <ToolCall {...tool} ms={details ? ms : undefined} />
      </li>
    );
  }
  if (line.kind === 'trouble') {
    return (
      <li className="animate-arrive rounded-small border border-stop-ink/50 px-3 py-2 text-[14px] text-stop-ink">
        {reported(line.text)}
      </li>
    );
  }
  if (line.kind === 'divider') {
    return (
      <li
        data-divider={line.divider.what}
        className="flex animate-arrive items-center gap-3 py-1 text-[13px] text-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
      >
        <span className="max-w-[70%] text-center [overflow-wrap:anywhere]">
          {text.transcript.divider(line.divider)} · <span className="num">{clock(line.at)}</span>
        </span>
      </li>
    );
  }
  const live = !line.final && !over;
  const { side } = line.voice;
  const mine = side === 'you';
  const person = side === 'person';
  return (
    <li
      data-speaker={side}
      data-final={line.final}
      className={cn('min-w-0 animate-arrive', mine && 'max-w-[88%] justify-self-end')}
    >
      <Head line={line} details={details} />
      <p
        className={cn(
          'text-[16px] leading-relaxed [overflow-wrap:anywhere]',
          !mine && 'max-w-[94%]',
          mine && 'rounded-mid rounded-br-[3px] bg-said px-3.5 py-2',
          person && 'w-fit rounded-mid rounded-bl-[3px] border border-line px-3.5 py-2',
          side !== 'agent' && live && 'text-soft',
          line.cut && 'text-soft italic',
        )}
      >
        <Words line={line} live={live} />
        {line.cut && ' —'}
        {side !== 'agent' && live && ' …'}
      </p>
    </li>
  );
}
