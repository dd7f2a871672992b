'use client';
// The audio devices of this machine, kept up to date. Browsers name them only after the microphone was allowed.
import { useCallback, useEffect, useState } from 'react';

export interface Devices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
  /** Whether the browser reveals their names. */
  readonly named: boolean;
  /** Whether this page can ask for a microphone. */
  readonly allowed: boolean;
  /** Queries the browser again. */
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
  // "default" is the system default, which has its own entry.
  const usable = all.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default');
  return {
    microphones: usable.filter(({ kind }) => kind === 'audioinput'),
    speakers: usable.filter(({ kind }) => kind === 'audiooutput'),
    named: all.some(({ label }) => label !== ''),
    allowed,
    refresh,
  };
}
