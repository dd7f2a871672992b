'use client';
// Which speaker, where the browser lets a page choose one, with a tone to try it.
import { useSyncExternalStore } from 'react';
import { playTone } from '@/components/call/tones';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { mainMessages } from '@/lib/messages/main';
import { DeviceSelect } from './device-select';
import { useDevices } from './devices';
import { changeSettings, useSettings } from './settings-store';

/** Milliseconds after which the tone has sounded and its sound is closed. */
const TONE_MS = 900;

async function tryOut(deviceId: string): Promise<void> {
  const audio = new AudioContext();
  const out = audio as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  await out.setSinkId?.(deviceId).catch(() => {});
  playTone(audio, 'joined');
  setTimeout(() => void audio.close(), TONE_MS);
}

const never = () => () => {};

export function SpeakerSetting() {
  const { text } = useMessages(mainMessages);
  const { speaker } = useSettings();
  const { speakers } = useDevices();
  const choosable = useSyncExternalStore(
    never,
    () => 'setSinkId' in HTMLMediaElement.prototype,
    () => true,
  );
  return (
    <DeviceSelect
      label={text.settings.speaker}
      value={choosable ? speaker : ''}
      devices={choosable ? speakers : []}
      onChange={(deviceId) => changeSettings({ speaker: deviceId })}
    >
      <Button onClick={() => void tryOut(choosable ? speaker : '')}>
        {text.settings.testSpeaker}
      </Button>
      {!choosable && <p className="w-full text-[14px] text-soft">{text.settings.speakerHint}</p>}
    </DeviceSelect>
  );
}
