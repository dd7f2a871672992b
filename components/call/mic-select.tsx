'use client';
// Which microphone a call uses; on a phone no wider than its sign.
import { ChevronDown, Mic } from 'lucide-react';
import { useMessages } from '@/components/language/language';
import { changeSettings } from '@/components/settings/settings-store';
import { mainMessages } from '@/lib/messages/main';
import type { MicState } from './microphone';

export function MicSelect({ mic }: { readonly mic: MicState }) {
  const { text } = useMessages(mainMessages);
  const captured = mic.devices.find(({ id }) => id === mic.deviceId);

  // The call follows the settings; "default" is the browser's word for the system's choice.
  const choose = (id: string) => changeSettings({ microphone: id === 'default' ? '' : id });

  return (
    <span className="relative min-w-12 @max-[22rem]:min-w-10 @lg:min-w-0">
      <select
        aria-label={text.call.microphone}
        value={mic.deviceId}
        disabled={mic.devices.length === 0}
        onChange={(event) => choose(event.target.value)}
        className="min-h-12 w-full appearance-none truncate rounded-mid border border-line bg-raised pr-9 pl-3.5 font-semibold text-[15px] text-ink hover:bg-hover disabled:opacity-60 @max-lg:w-12 @max-lg:text-transparent @max-[22rem]:w-10 @max-[22rem]:pr-6 @lg:max-w-44"
      >
        {!captured && (
          <option value={mic.deviceId} className="text-ink">
            {text.call.usualMicrophone}
          </option>
        )}
        {mic.devices.map(({ id, label: name }) => (
          <option key={id} value={id} className="bg-raised text-ink">
            {name || text.call.usualMicrophone}
          </option>
        ))}
      </select>
      <Mic
        aria-hidden="true"
        className="pointer-events-none absolute top-3.5 left-2.5 size-4.5 @max-[22rem]:left-1.5 @lg:hidden"
      />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-4 right-2 size-4 @max-lg:right-1.5 @max-lg:size-3.5"
      />
    </span>
  );
}
