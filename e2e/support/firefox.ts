// Firefox as its makers ship it, with its default settings: Playwright drives it by WebDriver BiDi. Its audio contexts do
// not run on a machine without a sound card, so tests measure sound by WebRTC's statistics.
import { type Browser, firefox, type Page } from '@playwright/test';
import { onPath } from '@/scripts/lib/programs';

/** Path of an installed Firefox. */
export const FIREFOX = ['firefox-esr', 'firefox']
  .map((name) => onPath(name, process.env))
  .find(Boolean);

/** Starts it with a microphone that hums and needs no permission. No other setting is changed. */
export const startFirefox = (): Promise<Browser> =>
  firefox.launch({
    channel: 'moz-firefox',
    ...(FIREFOX && { executablePath: FIREFOX }),
    firefoxUserPrefs: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
    },
  });

/** The sound of a page's calls. */
interface Sound {
  /** Energy of the audio received so far; a sentence has about 0.3. */
  readonly heard: number;
  /** Packets of the microphone that LiveKit has confirmed. */
  readonly sent: number;
}

/** Measures the sound of all calls of a page. Must be called before the page loads. */
export async function measureSound(page: Page): Promise<() => Promise<Sound>> {
  await page.addInitScript(() => {
    const peers: RTCPeerConnection[] = [];
    Object.assign(window, { peers });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });
  return () =>
    page.evaluate(async () => {
      const { peers } = window as unknown as { peers: RTCPeerConnection[] };
      const reports = await Promise.all(peers.map((peer) => peer.getStats()));
      const stats = reports.flatMap((report) => [...report.values()]);
      const total = (type: string, field: string) =>
        stats.reduce((sum, one) => sum + (one.type === type ? (one[field] ?? 0) : 0), 0);
      return {
        heard: total('inbound-rtp', 'totalAudioEnergy'),
        sent: total('remote-inbound-rtp', 'packetsReceived'),
      };
    });
}
