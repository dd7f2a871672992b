'use client';
// Selects the microphone and the speaker, each with a test. Browsers name devices only after the microphone was
// allowed.
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { appConfig } from '@/app-config';
import { requestMicrophone } from '@/components/audio/call-audio';
import { Meter, playTone } from '@/components/audio/meter';
import { changeSettings, useSettings } from '@/components/settings/settings-store';
import { listDevices, onDeviceChange, openAudioContext } from '@/components/ui/browser';
import { Button } from '@/components/ui/button';
import { drawLoop } from '@/components/ui/draw-loop';
import { SelectField } from '@/components/ui/fields';
import { useBrowserValue } from '@/components/ui/use-browser-value';
import { type MicProblem, micProblem } from '@/lib/call/mic-problem';

/** The audio devices of this machine, kept up to date. */
function useDevices() {
  const [all, setAll] = useState<readonly MediaDeviceInfo[]>([]);
  const refresh = useCallback(async () => {
    setAll(await listDevices());
  }, []);
  useEffect(() => {
    void refresh();
    return onDeviceChange(refresh);
  }, [refresh]);
  // "default" is the system default, which has its own entry.
  const usable = all.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default');
  return {
    microphones: usable.filter(({ kind }) => kind === 'audioinput'),
    speakers: usable.filter(({ kind }) => kind === 'audiooutput'),
    /** Whether the browser reveals their names. */
    named: all.some(({ label }) => label !== ''),
    refresh,
  };
}

interface DeviceSelectProps {
  readonly label: string;
  readonly value: string;
  readonly devices: readonly MediaDeviceInfo[];
  readonly onChange: (deviceId: string) => void;
  /** A test, or a hint. */
  readonly children?: ReactNode;
}

/** A list of devices, with the system default first. A selected device that is gone stays in the list. */
function DeviceSelect({ devices, children, ...field }: DeviceSelectProps) {
  const t = useTranslations('settings');
  const { value } = field;
  const gone = value !== '' && !devices.some(({ deviceId }) => deviceId === value);
  const named = devices.filter(({ label }) => label !== '');
  return (
    <div className="flex flex-wrap items-end gap-2.5 p-4 sm:px-5">
      <SelectField
        {...field}
        className="flex-1 basis-60 [&>label]:text-base"
        options={[
          { value: '', label: t('usual') },
          ...(gone ? [{ value, label: t('gone') }] : []),
          ...named.map(({ deviceId, label }) => ({ value: deviceId, label })),
        ]}
      />
      {children}
    </div>
  );
}

/** The level of the microphone as a bar. */
function LevelBar({ meter }: { readonly meter: Meter }) {
  const t = useTranslations('settings');
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
      aria-label={t('testLevel')}
      className="h-2.5 w-full overflow-hidden rounded-full bg-accent"
    >
      <div ref={bar} className="h-full origin-left scale-x-0 rounded-full bg-go" />
    </div>
  );
}

interface Test {
  readonly track: MediaStreamTrack;
  readonly audio: AudioContext | undefined;
  readonly meter: Meter;
}

function stop(test: Test | undefined): void {
  test?.track.stop();
  void test?.audio?.close().catch(() => {});
}

export function MicrophoneSetting() {
  const t = useTranslations('settings');
  const mics = useTranslations('mics');
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
    const audio = openAudioContext();
    try {
      const track = await requestMicrophone(deviceId);
      const meter = new Meter(audio);
      meter.listen(track);
      setProblem(undefined);
      show({ track, audio, meter });
      await devices.refresh();
    } catch (error) {
      void audio?.close();
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
      label={t('microphone')}
      value={microphone}
      devices={devices.microphones}
      onChange={choose}
    >
      <Button onClick={() => (test ? show(undefined) : void begin(microphone))}>
        {t(test ? 'stopTest' : devices.named ? 'testMic' : 'allow')}
      </Button>
      {test && <LevelBar meter={test.meter} />}
      {!devices.named && !test && (
        <p className="w-full text-sm text-muted-foreground">{t('allowHint')}</p>
      )}
      {problem && (
        <p role="alert" className="w-full text-sm text-stop-ink">
          {mics(`${problem}.title`)}. {mics(`${problem}.body`)}
          {appConfig.features.chat && ` ${mics('type')}`}
        </p>
      )}
    </DeviceSelect>
  );
}

/** Milliseconds that a speaker may be late. */
const LATENCY_MS = 500;

async function tryOut(deviceId: string): Promise<void> {
  const audio = openAudioContext();
  if (!audio) return;
  const out = audio as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  await out.setSinkId?.(deviceId).catch(() => {});
  setTimeout(() => void audio.close(), playTone(audio, 'joined') + LATENCY_MS);
}

/** Selects the speaker, if the browser supports it, with a test tone. */
export function SpeakerSetting() {
  const t = useTranslations('settings');
  const { speaker } = useSettings();
  const { speakers } = useDevices();
  const choosable = useBrowserValue(() => 'setSinkId' in HTMLMediaElement.prototype, true);
  return (
    <DeviceSelect
      label={t('speaker')}
      value={choosable ? speaker : ''}
      devices={choosable ? speakers : []}
      onChange={(deviceId) => changeSettings({ speaker: deviceId })}
    >
      <Button onClick={() => void tryOut(choosable ? speaker : '')}>{t('testSpeaker')}</Button>
      {!choosable && <p className="w-full text-sm text-muted-foreground">{t('speakerHint')}</p>}
    </DeviceSelect>
  );
}
