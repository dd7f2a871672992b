'use client';
// Selects a device, with the system default first. A selected device that is gone stays in the list.
import type { ReactNode } from 'react';
import { useMessages } from '@/components/language/language';
import { SelectField } from '@/components/ui/fields';
import { mainMessages } from '@/lib/messages/main';

interface DeviceSelectProps {
  readonly label: string;
  readonly value: string;
  readonly devices: readonly MediaDeviceInfo[];
  readonly onChange: (deviceId: string) => void;
  /** A test, or a hint. */
  readonly children?: ReactNode;
}

export function DeviceSelect({ devices, children, ...field }: DeviceSelectProps) {
  const { text } = useMessages(mainMessages);
  const { value } = field;
  const gone = value !== '' && !devices.some(({ deviceId }) => deviceId === value);
  const named = devices.filter(({ label }) => label !== '');
  return (
    <div className="flex flex-wrap items-end gap-2.5 p-4 sm:px-5">
      <SelectField
        {...field}
        className="flex-1 basis-60 [&>label]:text-[16px]"
        options={[
          { value: '', label: text.settings.usual },
          ...(gone ? [{ value, label: text.settings.gone }] : []),
          ...named.map(({ deviceId, label }) => ({ value: deviceId, label })),
        ]}
      />
      {children}
    </div>
  );
}
