// Measures the loudness of audio tracks and its spectrum. Components read it at their own pace.

const FFT_SIZE = 1024;
/** Range of speech in hertz: below is hum, above is little in 16–24 kHz speech. */
const LOW_HZ = 130;
const HIGH_HZ = 5_200;

export class Meter {
  readonly #audio: AudioContext | undefined;
  readonly #analyser: AnalyserNode | undefined;
  readonly #bins: Uint8Array<ArrayBuffer>;
  readonly #wave = new Uint8Array(FFT_SIZE);
  #sources: readonly MediaStreamAudioSourceNode[] = [];

  /** @param audio undefined in browsers without audio contexts: everything is silent */
  constructor(audio: AudioContext | undefined) {
    this.#audio = audio;
    this.#analyser = audio?.createAnalyser();
    this.#bins = new Uint8Array(FFT_SIZE / 2);
    if (!this.#analyser) return;
    this.#analyser.fftSize = FFT_SIZE;
    this.#analyser.smoothingTimeConstant = 0.55;
  }

  /** Measures these tracks together from now on; none without arguments. */
  listen(...tracks: readonly MediaStreamTrack[]): void {
    for (const source of this.#sources) source.disconnect();
    this.#sources = [];
    const [audio, analyser] = [this.#audio, this.#analyser];
    if (!audio || !analyser || audio.state === 'closed') return;
    try {
      this.#sources = tracks.map((track) => {
        const source = audio.createMediaStreamSource(new MediaStream([track]));
        source.connect(analyser);
        return source;
      });
    } catch {
      // Firefox refuses a device of another sample rate. It is heard without a level.
    }
  }

  /** Current loudness, 0 to 1. Normal speech is about 0.5. */
  level(): number {
    if (!this.#analyser || this.#sources.length === 0) return 0;
    this.#analyser.getByteTimeDomainData(this.#wave);
    let sum = 0;
    for (const sample of this.#wave) sum += ((sample - 128) / 128) ** 2;
    return Math.min(1, Math.sqrt(sum / FFT_SIZE) * 4);
  }

  /** Levels of `count` bands on a logarithmic scale, each 0 to 1. */
  bands(count: number): number[] {
    if (!this.#analyser || this.#sources.length === 0)
      return Array.from({ length: count }, () => 0);
    this.#analyser.getByteFrequencyData(this.#bins);
    const hzPerBin = this.#analyser.context.sampleRate / FFT_SIZE;
    const edge = (part: number) => Math.round((LOW_HZ * (HIGH_HZ / LOW_HZ) ** part) / hzPerBin);
    return Array.from({ length: count }, (_, band) => {
      const from = Math.max(1, edge(band / count));
      const to = Math.max(from + 1, edge((band + 1) / count));
      const part = this.#bins.subarray(from, to);
      return part.reduce((sum, value) => sum + value, 0) / part.length / 255;
    });
  }
}

const NOTES = {
  // Hertz: a fifth up (D5, A5), and down again.
  joined: [587.33, 880],
  ended: [880, 587.33],
} as const;

const NOTE_S = 0.13;
const LOUD = 0.07;

/** Plays a tone. Returns its length in milliseconds. */
export function playTone(audio: AudioContext | undefined, tone: keyof typeof NOTES): number {
  if (!audio || audio.state === 'closed') return 0;
  NOTES[tone].forEach((hertz, place) => {
    const start = audio.currentTime + place * NOTE_S;
    const wave = audio.createOscillator();
    const gain = audio.createGain();
    wave.type = 'sine';
    wave.frequency.value = hertz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUD, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_S * 2);
    wave.connect(gain).connect(audio.destination);
    wave.start(start);
    wave.stop(start + NOTE_S * 2);
  });
  return (NOTES[tone].length + 1) * NOTE_S * 1_000;
}
