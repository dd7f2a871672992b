// Installed in the page before it loads: a microphone that plays given audio, and detectors of sound from the microphone
// and the agent and of changes of the page, all with the same clock. Runs in the browser.

/** What is on `window` afterwards. Times are milliseconds since 1970. */
export interface InPage {
  /** Plays a WAV (base64) into the microphone; resolves when it has ended. */
  say(wav: string): Promise<void>;
  /** Times at which the microphone was loud, at most one every 10 ms. */
  readonly spoken: number[];
  /** The same for all remote audio received through WebRTC. */
  readonly heard: number[];
  pressedAt?: number;
  clickedAt?: number;
  /** Time of the first painted frame after any text or element of the page had changed because of the press. */
  answeredAt?: number;
  /** Time at which the page had the response to its first request for a token. */
  tokenAt?: number;
  connectedAt?: number;
  trackAt?: number;
  /** Time of the first painted frame after the page's status had changed because of the click. */
  seenAt?: number;
  readonly statuses: { readonly text: string; readonly at: number }[];
}

declare global {
  interface Window {
    callboardBench: InPage;
  }
}

/** Installed by `page.addInitScript`; must be self-contained. `loud` is a sample value of 32767. */
export function installInPage({ loud }: { readonly loud: number }): void {
  const bench: InPage = { say, spoken: [], heard: [], statuses: [] };
  window.callboardBench = bench;

  // The time is taken in the audio thread, not when the page gets around to it.
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
    // Nodes without a connection to the destination are not processed.
    source
      .connect(node)
      .connect(new GainNode(sound, { gain: 0 }))
      .connect(sound.destination);
  }

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') bench.connectedAt ??= Date.now();
      });
      this.addEventListener('track', ({ track }) => {
        if (track.kind !== 'audio') return;
        bench.trackAt ??= Date.now();
        void listen(sound.createMediaStreamSource(new MediaStream([track])), bench.heard);
      });
    }
  };

  const request = window.fetch;
  window.fetch = async (input, init) => {
    const response = await request(input, init);
    if (response.url.includes('/api/token')) bench.tokenAt ??= Date.now();
    return response;
  };

  const microphone = sound.createMediaStreamDestination();
  const mouth = new GainNode(sound);
  mouth.connect(microphone);
  // A real microphone is never silent, and a source that starts later needs a running one.
  const hum = new ConstantSourceNode(sound, { offset: 0 });
  hum.connect(mouth);
  hum.start();
  void listen(mouth, bench.spoken);
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    // The real device is requested too, so that its delay is measured.
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
    'pointerdown',
    ({ timeStamp }) => {
      bench.pressedAt ??= performance.timeOrigin + timeStamp;
    },
    { capture: true },
  );
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
    // Callbacks of a frame run before it is painted, messages after it.
    requestAnimationFrame(() => port2.postMessage(undefined));
  }
  let answered = false;
  let changed = false;
  new MutationObserver(() => {
    if (bench.pressedAt !== undefined && !changed) {
      changed = true;
      afterPaint(() => {
        bench.answeredAt = performance.timeOrigin + performance.now();
      });
    }
    const text = statusNow();
    if (text !== bench.statuses.at(-1)?.text) bench.statuses.push({ text, at: Date.now() });
    if (bench.clickedAt === undefined || answered || text === before) return;
    answered = true;
    afterPaint(() => {
      bench.seenAt = performance.timeOrigin + performance.now();
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
