// What is put into the page before it loads: a microphone that says what the measurement gives it,
// ears on microphone and agent, and eyes on the page, all by one clock. Runs in the browser.

/** What the page has on `window` afterwards. Times are milliseconds since 1970. */
export interface InPage {
  /** Plays a WAV (base64) into the microphone; resolves when it is over. */
  say(wav: string): Promise<void>;
  /** Moments at which the microphone's sound was loud, at most one each 10 ms. */
  readonly spoken: number[];
  /** The same of all remote audio, as it came through WebRTC. */
  readonly heard: number[];
  /** When the browser had the first click. */
  clickedAt: number | undefined;
  /** When the first frame was painted after the page's status had changed for it. */
  seenAt: number | undefined;
  /** What the page's status said, and since when. */
  readonly statuses: { readonly text: string; readonly at: number }[];
}

declare global {
  interface Window {
    callboardBench: InPage;
  }
}

/** Installed by `page.addInitScript`; must not reach outside itself. `loud` is a sample value of 32767. */
export function installInPage({ loud }: { readonly loud: number }): void {
  const bench: InPage = {
    say,
    spoken: [],
    heard: [],
    clickedAt: undefined,
    seenAt: undefined,
    statuses: [],
  };
  window.callboardBench = bench;

  // Time is taken where the sound is, not when the page comes round to it.
  const watcher = `registerProcessor('loud', class extends AudioWorkletProcessor {
    process([input]) {
      const now = Date.now();
      if (now - (this.last ?? 0) < 10) return true;
      if (!input.some((channel) => channel.some((sample) => Math.abs(sample) > ${loud / 32_767}))) return true;
      this.last = now;
      this.port.postMessage(now);
      return true;
    }
  })`;
  const sound = new AudioContext();
  const loaded = sound.audioWorklet.addModule(
    URL.createObjectURL(new Blob([watcher], { type: 'text/javascript' })),
  );
  async function listen(source: AudioNode, moments: number[]): Promise<void> {
    await loaded;
    const node = new AudioWorkletNode(sound, 'loud');
    node.port.onmessage = ({ data }: MessageEvent<number>) => moments.push(data);
    // Nodes that lead nowhere are not run.
    source
      .connect(node)
      .connect(new GainNode(sound, { gain: 0 }))
      .connect(sound.destination);
  }

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        if (track.kind !== 'audio') return;
        void listen(sound.createMediaStreamSource(new MediaStream([track])), bench.heard);
      });
    }
  };

  const microphone = sound.createMediaStreamDestination();
  const mouth = new GainNode(sound);
  mouth.connect(microphone);
  // A real microphone is never wholly still, and a source that starts later must find one running.
  const hum = new ConstantSourceNode(sound, { offset: 0 });
  hum.connect(mouth);
  hum.start();
  void listen(mouth, bench.spoken);
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    // The real device is asked too, so that what it takes is in the measure.
    const stream = await real(constraints);
    if (!constraints?.audio) return stream;
    for (const track of stream.getTracks()) track.stop();
    return microphone.stream.clone();
  };
  async function say(wav: string): Promise<void> {
    const bytes = Uint8Array.from(atob(wav), (c) => c.charCodeAt(0));
    const buffer = await sound.decodeAudioData(bytes.buffer);
    const source = new AudioBufferSourceNode(sound, { buffer });
    source.connect(mouth);
    await new Promise((resolve) => {
      source.onended = resolve;
      source.start();
    });
  }

  const statusNow = () => document.querySelector('[role=status]')?.textContent ?? '';
  let before = '';
  addEventListener(
    'click',
    ({ timeStamp }) => {
      if (bench.clickedAt !== undefined) return;
      before = statusNow();
      bench.clickedAt = performance.timeOrigin + timeStamp;
    },
    { capture: true },
  );
  function afterPaint(then: () => void): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    // A frame's callbacks run before it is painted, messages after it.
    requestAnimationFrame(() => port2.postMessage(undefined));
  }
  let answered = false;
  new MutationObserver(() => {
    const text = statusNow();
    if (text !== bench.statuses.at(-1)?.text) bench.statuses.push({ text, at: Date.now() });
    if (bench.clickedAt === undefined || answered || text === before) return;
    answered = true;
    afterPaint(() => {
      bench.seenAt = performance.timeOrigin + performance.now();
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
