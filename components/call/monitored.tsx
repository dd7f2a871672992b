// The mark of a call that somebody listens to. It lies over the light, so that nothing moves when it comes or goes.
import { Headphones } from 'lucide-react';
import { useMessages } from '@/components/language/language';
import { mainMessages } from '@/lib/messages/main';

export function Monitored({ on }: { readonly on: boolean }) {
  const { text } = useMessages(mainMessages);
  return (
    // Always there, so that it is read out when it changes.
    <p
      aria-live="polite"
      className="pointer-events-none absolute inset-x-0 top-full z-10 flex justify-center"
    >
      {on && (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-full bg-standby-ground px-2.5 font-semibold text-[13px] text-standby">
          <Headphones aria-hidden="true" className="size-3.5" />
          {text.call.monitored}
        </span>
      )}
    </p>
  );
}
