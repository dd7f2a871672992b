'use client';
// The transcript next to the stage. It follows the newest line unless the reader has scrolled up, and then offers to
// return.
import { useLocale, useTranslations } from 'next-intl';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useDeveloperDetails } from '@/components/call/developer-details';
import { AnswerTime } from '@/components/calls/answer-time';
import { useCatalogue } from '@/components/language/catalogue';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { NewestButton, useNewest } from '@/components/ui/newest';
import type { Line, SpokenLine } from '@/lib/call/line';
import { usualAnswer } from '@/lib/call/transcript-lines';
import { dividerText, speakerText } from '@/lib/call/words';
import { clock } from '@/lib/core/clock';
import { duration } from '@/lib/core/figures';

/** A tool call while its code is loaded, and where it could not be. */
const ToolName = ({ label }: { readonly label: string }) => (
  <p className="min-h-9">{useCatalogue().reported(label)}</p>
);

/** Loaded in calls with tools. */
const ToolCall = lazy(() =>
  import('@/components/calls/tool-call').then(
    (code) => ({ default: code.ToolCall }),
    () => ({ default: ToolName }),
  ),
);

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
  const t = useTranslations('call');
  const took = duration(line.answeredMs ?? 0, useLocale());
  const marks = [
    line.cut && t(`transcript.cut.${line.cut}`),
    line.typed && t(`transcript.${line.pressed ? 'pressed' : 'typed'}`),
  ];
  return (
    <div className="flex items-baseline justify-between gap-3 pb-1 text-sm text-muted-foreground">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {[speakerText(t, line.voice), ...marks].filter(Boolean).join(' · ')}
      </span>
      <span className="flex items-baseline gap-2">
        {details && line.answeredMs !== undefined && (
          <AnswerTime ms={line.answeredMs} title={t('transcript.answered', { time: took })}>
            {took}
          </AnswerTime>
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

function TranscriptLine({ line, over, details }: TranscriptLineProps) {
  const t = useTranslations('call');
  const { reported } = useCatalogue();
  if (line.kind === 'tool') {
    // React does not accept `key` in a spread.
    const { key: _, ms, ...tool } = line;
    return (
      <li className="animate-arrive">
        <Suspense fallback={<ToolName label={tool.label} />}>
          <ToolCall {...tool} ms={details ? ms : undefined} />
        </Suspense>
      </li>
    );
  }
  if (line.kind === 'trouble') {
    return (
      <li className="animate-arrive rounded-sm border border-stop-ink/50 px-3 py-2 text-sm text-stop-ink">
        {reported(line.text)}
      </li>
    );
  }
  if (line.kind === 'divider') {
    return (
      <li
        data-divider={line.divider.what}
        className="flex animate-arrive items-center gap-3 py-1 text-sm text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border"
      >
        <span className="max-w-[70%] text-center [overflow-wrap:anywhere]">
          {dividerText(t, line.divider)} · <span className="num">{clock(line.at)}</span>
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
          'text-base leading-relaxed [overflow-wrap:anywhere]',
          !mine && 'max-w-[94%]',
          mine && 'rounded-md rounded-br-[3px] bg-muted px-3.5 py-2',
          person && 'w-fit rounded-md rounded-bl-[3px] border border-border px-3.5 py-2',
          side !== 'agent' && live && 'text-muted-foreground',
          line.cut && 'text-muted-foreground italic',
        )}
      >
        <Words line={line} live={live} />
        {line.cut && ' —'}
        {side !== 'agent' && live && ' …'}
      </p>
    </li>
  );
}

interface TranscriptPanelProps {
  readonly lines: readonly Line[];
  readonly over: boolean;
  /** The console, for developers of an agent on staging. */
  readonly consoleView?: ReactNode;
  /** The text box. */
  readonly children: ReactNode;
}

export function TranscriptPanel({ lines, over, consoleView, children }: TranscriptPanelProps) {
  const t = useTranslations('call');
  const locale = useLocale();
  const { frame: log, away, watch, toEnd } = useNewest();
  const [consoleOn, setConsoleOn] = useState(false);
  const inConsole = consoleOn && Boolean(consoleView);
  const details = useDeveloperDetails();
  const answers = details ? usualAnswer(lines) : undefined;

  // Sending a message scrolls to the end.
  const sent = lines.findLast(
    (line) => line.kind === 'speech' && line.typed && line.voice.side === 'you',
  )?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message
  useEffect(() => toEnd(), [sent]);

  return (
    <section
      aria-labelledby="transcript"
      className="relative flex min-h-0 min-w-0 flex-col border-border bg-card narrow:border-t wide:border-l"
    >
      <div className="flex min-h-12 flex-none items-center justify-between gap-3 border-border border-b px-5 lg:min-h-14">
        <h2 id="transcript" className="font-sans font-semibold text-base tracking-normal">
          {t('transcript.title')}
        </h2>
        {answers !== undefined && (
          <span className="ml-auto text-sm text-muted-foreground tabular-nums">
            {t('transcript.answersIn', { time: duration(answers, locale) })}
          </span>
        )}
        {consoleView && (
          <Button aria-pressed={inConsole} onClick={() => setConsoleOn(!inConsole)} size="sm">
            {t('transcript.console')}
          </Button>
        )}
      </div>
      {inConsole && (
        <section aria-label={t('transcript.console')} className="flex min-h-0 flex-1 flex-col">
          {consoleView}
        </section>
      )}
      <div
        ref={log}
        hidden={inConsole}
        role="log"
        aria-label={t('transcript.title')}
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={watch}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4"
      >
        {lines.length === 0 && (
          <p className="text-sm text-muted-foreground">
            {over ? t('transcript.emptyAfter') : t('transcript.empty')}
          </p>
        )}
        {/* What is said grows word by word. Afterwards it may be translated. */}
        <ol translate={over ? undefined : 'no'} className="grid gap-4">
          {lines.map((line) => (
            <TranscriptLine key={line.key} line={line} over={over} details={details} />
          ))}
        </ol>
      </div>
      {away && !inConsole && <NewestButton label={t('transcript.latest')} onClick={toEnd} />}
      {children}
    </section>
  );
}
