// A simulation in progress: the step it is at, and its conversation as the call's own timeline has it.
import { useCallback, useEffect, useState } from 'react';
import { loadCall } from '@/components/calls/calls-client';
import { useChanges } from '@/components/calls/changes';
import { useMessages } from '@/components/language/language';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { isTurn } from '@/lib/calls/view/picture';
import { callsMessages } from '@/lib/messages/calls';
import { simulationsMessages } from '@/lib/messages/simulations';
import type { KeptRun } from '@/lib/simulations/store/rehearsals';

export function LiveTalk({ run }: { readonly run: KeptRun }) {
  const { simulationsText } = useMessages(simulationsMessages);
  const { agentCalled } = useMessages(callsMessages);
  const words = simulationsText.live;
  const [detail, setDetail] = useState<CallDetail>();
  const { call: id } = run;
  const load = useCallback(() => {
    // A call that cannot be loaded now is asked for again with its next event.
    if (id) loadCall(id).then(setDetail, () => undefined);
  }, [id]);
  useEffect(load, [load]);
  useChanges(load, id);
  const agent = agentCalled(run.agent);
  const turns = detail?.marks.filter(isTurn) ?? [];
  const step =
    id === undefined
      ? words.preparing
      : detail?.call.joinedAt === undefined
        ? words.calling(agent)
        : detail.call.endedAt === undefined
          ? words.talking(agent)
          : words.checking;
  return (
    <>
      <p role="status" className="text-[14px] text-soft">
        {step}
      </p>
      <ol className="mt-1 grid gap-1 text-[14px] leading-relaxed empty:hidden">
        {turns.map((turn) => (
          <li key={turn.id} className="flex gap-2 [overflow-wrap:anywhere]">
            <span className="w-16 flex-none text-soft">
              {turn.speaker === 'caller' ? words.said : turn.by}
            </span>
            {turn.text}
          </li>
        ))}
      </ol>
    </>
  );
}
