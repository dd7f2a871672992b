'use client';
// Selects the microphone, with a test.
import { useEffect, useRef, useState } from 'react';
import { requestMicrophone } from '@/components/call/dial';
import { Meter } from '@/components/call/meter';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { drawLoop } from '@/components/ui/draw-loop';
import { type MicProblem, micProblem } from '@/lib/call/mic-problem';
import { mainMessages } from '@/lib/messages/main';
import { DeviceSelect } from './device-select';
import { useDevices } from './devices';
import { changeSettings, useSettings } from './settings-store';

/** The level of the microphone as a bar. */
function LevelBar({ meter }: { readonly meter: Meter }) {
  const { text } = useMessages(mainMessages);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown = 0;
    return drawLoop(() => {
      shown = Math.max(meter.level(), shown * 0.85);
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, shown * 1.4)})`;
    });
  }, [meter]);
  return (
    <div
      role="img"
      aria-label={text.settings.testLevel}
      className="h-2.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <div ref={bar} className="h-full origin-left scale-x-0 rounded-full bg-go" />
    </div>
  );
}

interface Test {
  readonly track: MediaStreamTrack;
  readonly audio: AudioContext;
  readonly meter: Meter;
}

function stop(test: Test | undefined): void {
  test?.track.stop();
  void test?.audio.close().catch(() => {});
}

export function MicrophoneSetting() {
  const { text } = useMessages(mainMessages);
  const { microphone } = useSettings();
  const devices = useDevices();
  const [test, setTest] = useState<Test>();
  const [problem, setProblem] = useState<MicProblem>();
  const running = useRef<Test>(undefined);
  useEffect(() => () => stop(running.current), []);

  const show = (next: Test | undefined) => {
    stop(running.current);
    running.current = next;
    setTest(next);
  };

  async function begin(deviceId: string) {
    const audio = new AudioContext();
    try {
      const track = await requestMicrophone(deviceId);
      const meter = new Meter(audio);
      meter.listen(track);
      setProblem(undefined);
      show({ track, audio, meter });
      await devices.refresh();
    } catch (error) {
      void audio.close();
      show(undefined);
      setProblem(micProblem(error));
    }
  }

  const choose = (deviceId: string) => {
    changeSettings({ microphone: deviceId });
    if (test) void begin(deviceId);
  };

  return (
    <DeviceSelect
      label={text.settings.microphone}
      value={microphone}
      devices={devices.microphones}
      onChange={choose}
    >
      <Button onClick={() => (test ? show(undefined) : void begin(microphone))}>
        {test
          ? text.settings.stopTest
          : devices.named
            ? text.settings.testMic
            : text.settings.allow}
      </Button>
      {test && <LevelBar meter={test.meter} />}
      {!devices.named && !test && (
        <p className="w-full text-[14px] text-soft">{text.settings.allowHint}</p>
      )}
      {problem && (
        <p role="alert" className="w-full text-[14px] text-stop-ink">
          {text.mics[problem].title}. {text.mics[problem].body}
        </p>
      )}
    </DeviceSelect>
  );
}
