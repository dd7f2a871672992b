// What is put into the page to tell the steps from the click to the agent's voice apart, as the browser
// sees them. Runs in the browser.

/** The steps, in their usual order. */
export const STEPS = [
  'microphone open',
  'token asked for',
  'token there',
  'LiveKit reached',
  'in the room',
  'sound connected',
  "agent's track",
] as const;
type Step = (typeof STEPS)[number];

/** When each step was first done, in milliseconds since 1970. */
export type Steps = Partial<Record<Step, number>>;

declare global {
  interface Window {
    callboardSteps: Steps;
  }
}

/** Installed by `page.addInitScript`, before what else replaces the same; must not reach outside itself. */
export function installSteps(): void {
  const steps: Steps = {};
  window.callboardSteps = steps;
  const done = (step: Step) => {
    steps[step] ??= performance.timeOrigin + performance.now();
  };

  const ask = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.endsWith('/api/token')) return ask(input, init);
    done('token asked for');
    const answer = await ask(input, init);
    done('token there');
    return answer;
  };

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('open', () => done('LiveKit reached'), { once: true });
      this.addEventListener('message', () => done('in the room'), { once: true });
    }
  };

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') done('sound connected');
      });
      this.addEventListener('track', ({ track }) => {
        if (track.kind !== 'audio') return;
        // Places for tracks are there before; of one that nobody fills nothing arrives.
        if (track.muted) track.addEventListener('unmute', () => done("agent's track"));
        else done("agent's track");
      });
    }
  };

  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    done('microphone open');
    return stream;
  };
}
