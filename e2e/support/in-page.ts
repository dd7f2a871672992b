// Runs in the browser, injected before the page loads: a microphone that plays audio from the test, and a capture of
// the agent's audio as received through WebRTC.

/** What it adds to `window`. */
export interface InPage {
  /** Plays a WAV (base64) into the microphone after `wait` seconds; resolves when the last sample was captured. */
  say(wav: string, wait?: number): Promise<void>;
  /** Samples (16 kHz, mono, s16le, base64) of all remote audio from sample `from`, and the total number of samples. */
  heard(from: number): { audio: string; samples: number };
}

declare global {
  interface Window {
    callboardTest: InPage;
  }
}

/**
 * Installed with `page.addInitScript`, so it must not use anything outside itself.
 * @param ear whether audio is captured
 */
export function installInPage({
  microphone: hasMicrophone,
  ear: hasEar = true,
}: {
  microphone: boolean;
  ear?: boolean;
}): void {
  const EAR_RATE = 16_000;
  // Large buffers, so that a busy machine does not drop audio.
  const ear = new AudioContext({ sampleRate: EAR_RATE, latencyHint: 'playback' });
  const chunks: Int16Array[] = [];
  let samples = 0;
  // One message for 64 ms instead of one for each block of 8 ms.
  const recorder = `registerProcessor('ear', class extends AudioWorkletProcessor {
    pcm = new Int16Array(1024);
    filled = 0;
    process([input]) {
      for (let i = 0; i < (input[0]?.length ?? 0); i++) {
        const sample = input.reduce((sum, channel) => sum + channel[i], 0) / input.length;
        this.pcm[this.filled++] = Math.max(-1, Math.min(1, sample)) * 32767;
        if (this.filled < this.pcm.length) continue;
        this.port.postMessage(this.pcm);
        this.filled = 0;
      }
      return true;
    }
  })`;
  // One node mixes all tracks, as a person hears them.
  const node = ear.audioWorklet
    .addModule(URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' })))
    .then(() => {
      const made = new AudioWorkletNode(ear, 'ear');
      made.port.onmessage = ({ data }: MessageEvent<Int16Array>) => {
        chunks.push(data);
        samples += data.length;
      };
      // Nodes without an output do not run.
      made.connect(new GainNode(ear, { gain: 0 })).connect(ear.destination);
      return made;
    });

  const known = new Set<MediaStreamTrack>();
  async function listen(track: MediaStreamTrack): Promise<void> {
    // A connection reuses a track when one participant has left and another joins.
    if (known.has(track)) return;
    known.add(track);
    // The caller has pressed Start, so the browser allows audio playback.
    void ear.resume();
    ear.createMediaStreamSource(new MediaStream([track])).connect(await node);
  }

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        if (hasEar && track.kind === 'audio') void listen(track);
      });
    }
  };

  const toBase64 = (bytes: Uint8Array) => {
    let text = '';
    for (let i = 0; i < bytes.length; i += 32_768) {
      text += String.fromCharCode(...bytes.subarray(i, i + 32_768));
    }
    return btoa(text);
  };

  const mouth = hasMicrophone ? new AudioContext({ sampleRate: 48_000 }) : undefined;
  const microphone = mouth?.createMediaStreamDestination();
  if (mouth && microphone) {
    // A real microphone is never completely silent, and a source that starts later needs a running one.
    const hum = new ConstantSourceNode(mouth, { offset: 0 });
    hum.connect(microphone);
    hum.start();
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      // Also request the real device, so that permission and its errors are real.
      const stream = await real(constraints);
      if (!constraints?.audio) return stream;
      for (const track of stream.getTracks()) track.stop();
      return microphone.stream.clone();
    };
  }

  window.callboardTest = {
    async say(wav, wait = 0) {
      if (!mouth || !microphone) throw new Error('this page has no microphone of the test');
      await mouth.resume();
      const bytes = Uint8Array.from(atob(wav), (c) => c.charCodeAt(0));
      const source = new AudioBufferSourceNode(mouth, {
        buffer: await mouth.decodeAudioData(bytes.buffer),
      });
      source.connect(microphone);
      await new Promise((resolve) => {
        source.onended = resolve;
        source.start(mouth.currentTime + wait);
      });
    },
    heard(from) {
      const pcm = new Int16Array(Math.max(0, samples - from));
      let at = -from;
      for (const chunk of chunks) {
        const skip = Math.max(0, -at);
        if (skip < chunk.length) pcm.set(chunk.subarray(skip), Math.max(0, at));
        at += chunk.length;
      }
      return { audio: toBase64(new Uint8Array(pcm.buffer)), samples };
    },
  };
}
