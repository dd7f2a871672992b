'use client';
// Where the voice is seen: the agent's name, its light, the word for what was observed, what stands
// in the way, and the controls. Dark in both themes, like a stage.
import type { RefObject } from 'react';
import { useMessages } from '@/components/language/language';
import { useSettings } from '@/components/settings/settings-store';
import { cn } from '@/components/ui/cn';
import { mainMessages } from '@/lib/messages/main';
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
  const { text } = useMessages(mainMessages);
  const { captions } = useSettings();
  const { cue, code } = call.join;
  const { cast } = call;
  return (
    // Where there is little room the light gives way first, then what is said below it, then an open panel; name,
    // status and controls never do.
    <section
      aria-labelledby="on-stage"
      className="dark @container relative isolate flex min-h-0 min-w-0 flex-col items-center overflow-clip bg-stage px-3 text-ink"
    >
      <h1
        id="on-stage"
        ref={heading}
        tabIndex={-1}
        className="mt-auto max-w-full flex-none truncate pt-3 text-[26px] leading-tight lg:pt-[min(2rem,3dvh)] lg:text-[42px]"
      >
        {cast.stage.name || text.call.untitled}
      </h1>
      <div className="relative flex min-h-6 w-full flex-none items-center justify-center gap-2.5 text-[15px] text-soft lg:mt-1">
        {cast.stage.role && <p className="min-w-0 truncate">{cast.stage.role}</p>}
        {call.recorded && <Recorded />}
        <Monitored on={call.monitored} />
      </div>
      <Visualizer cue={cue} voice={session.voice.meter} caller={session.callerMeter} />
      <p
        role="status"
        aria-live="polite"
        className="flex min-h-7 flex-none items-center gap-2.5 text-center text-[17px] text-ink/90"
      >
        <span className={cn('lamp', LAMPS[cue])} aria-hidden="true" />
        {code === 'with-people'
          ? text.withPeople(text.people.inSentence(cast.stage.name))
          : text.status[code]}
      </p>
      <div className="mb-auto flex min-h-0 w-full shrink-[9] flex-col items-center overflow-y-auto overscroll-contain">
        {call.place !== undefined && <InLine place={call.place} person={cast.stage.name} />}
        <Others others={cast.others} />
        {captions && <Caption lines={call.lines} speaking={code === 'speaking'} />}
        <CallNotices session={session} order={order} call={call} />
      </div>
      <Controls session={session} order={order} call={call} />
    </section>
  );
}
