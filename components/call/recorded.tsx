// The red lamp of a call whose sound is being recorded, as the agent itself, or LiveKit, says.
import { useMessages } from '@/components/language/language';
import { mainMessages } from '@/lib/messages/main';

export function Recorded() {
  const { text } = useMessages(mainMessages);
  return (
    <p className="inline-flex flex-none items-center gap-1.5 rounded-full bg-stop-ground px-2.5 font-semibold text-[13px] text-stop-ink">
      <span className="lamp text-stop" aria-hidden="true" />
      <span aria-hidden="true">{text.call.recorded}</span>
      <span className="sr-only">{text.call.recordedLabel}</span>
    </p>
  );
}
