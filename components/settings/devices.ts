'use client';
// The sound devices of this machine, kept fresh. Browsers name them only once the microphone was
// allowed; until then there is nothing to choose from.
import { useCallback, useEffect, useState } from 'react';

export interface Devices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
  /** Whether the browser tells their names. */
  readonly named: boolean;
  /** Whether this page can ask for a microphone at all. */
  readonly allowed: boolean;
  /** Asks the browser again. */
  readonly refresh: () => Promise<void>;
}

export function useDevices(): Devices {
  const [all, setAll] = useState<readonly MediaDeviceInfo[]>([]);
  const [allowed, setAllowed] = useState(true);
  const refresh = useCallback(async () => {
    const media = navigator.mediaDevices;
    setAllowed(media !== undefined);
    setAll((await media?.enumerateDevices().catch(() => [])) ?? []);
  }, []);
  useEffect(() => {
    void refresh();
    const media = navigator.mediaDevices;
    media?.addEventListener?.('devicechange', refresh);
    return () => media?.removeEventListener?.('devicechange', refresh);
  }, [refresh]);
  // "default" is the system's choice, which has an entry of its own.
  const usable = all.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default');
  return {
    microphones: usable.filter(({ kind }) => kind === 'audioinput'),
    speakers: usable.filter(({ kind }) => kind === 'audiooutput'),
    named: all.some(({ label }) => label !== ''),
    allowed,
    refresh,
  };
}
