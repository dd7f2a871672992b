'use client';
// Where the voice is seen: the agent's name, its light, the word for what was observed, what stands
// in the way, and the controls. Dark in both themes, like a stage.
import type { RefObject } from 'react';
import { useTexts } from '@/components/language/language';
import { useSettings } from '@/components/settings/settings-store';
import { cn } from '@/components/ui/cn';
import { mainTexts } from '@/lib/text/main';
import { CallNotices } from './call-notices';
import type { CallSession } from './call-session';
import type { CallSnapshot } from './call-snapshot';
import { Caption } from './caption';
import { Controls } from './controls';
import { InLine } from './in-line';
import { Monitored } from './monitored';
import type { Order } from './order';
import { Others } from './others';
import { Recorded } from './recorded';
import { Visualizer } from './visualizer';

export interface StageProps {
  readonly session: CallSession;
  readonly order: Order;
  readonly call: CallSnapshot;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

const LAMPS = {
  way: 'text-amber',
  rest: 'text-go',
  turn: 'text-go',
  voice: 'text-go',
  lost: 'text-soft',
  over: 'text-soft',
} as const;

export function Stage({ session, order, call, heading }: StageProps) {
  const { text } = useTexts(mainTexts);
  const { captions } = useSettings();
  const { cue, code } = call.join;
  const { cast } = call;
  return (
    // What stands in the way takes its room from the light, never from the controls.
    <section
      aria-labelledby="on-stage"
      className="dark relative isolate flex min-w-0 flex-col items-center overflow-x-clip bg-stage text-ink max-lg:pb-4 lg:min-h-0 lg:overflow-y-auto [&:has([data-notice])_canvas]:h-20 lg:[&:has([data-notice])_canvas]:h-[min(10rem,17dvh)]"
    >
      <div className="flex w-full flex-1 flex-col items-center justify-center px-4 pt-5 lg:pt-[min(2rem,3dvh)]">
        <h1
          id="on-stage"
          ref={heading}
          tabIndex={-1}
          className="max-w-full truncate text-[26px] leading-tight lg:text-[42px]"
        >
          {cast.stage.name || text.call.untitled}
        </h1>
        <div className="relative flex min-h-6 w-full items-center justify-center gap-2.5 text-[15px] text-soft lg:mt-1">
          {cast.stage.role && <p className="min-w-0 truncate">{cast.stage.role}</p>}
          {call.recorded && <Recorded />}
          <Monitored on={call.monitored} />
        </div>
        <Visualizer cue={cue} voice={session.voice.meter} caller={session.callerMeter} />
        <p
          role="status"
          aria-live="polite"
          className="flex min-h-7 items-center gap-2.5 text-center text-[17px] text-ink/90"
        >
          <span className={cn('lamp', LAMPS[cue])} aria-hidden="true" />
          {code === 'with-people'
            ? text.withPeople(text.people.inSentence(cast.stage.name))
            : text.status[code]}
        </p>
        {call.place !== undefined && <InLine place={call.place} person={cast.stage.name} />}
        <Others others={cast.others} />
        {captions && <Caption lines={call.lines} speaking={code === 'speaking'} />}
        <CallNotices session={session} order={order} call={call} />
      </div>
      <Controls session={session} order={order} call={call} />
    </section>
  );
}
