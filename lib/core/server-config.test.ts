import { expect, it } from 'vitest';
import { browserUrl } from './server-config';

it.each<[string, string | undefined, string]>([
  ['ws://127.0.0.1:7880', undefined, 'ws://127.0.0.1:7880'],
  ['http://127.0.0.1:7880', undefined, 'ws://127.0.0.1:7880'],
  ['https://x.livekit.cloud', undefined, 'wss://x.livekit.cloud'],
  ['ws://livekit:7880', 'wss://voice.example', 'wss://voice.example'],
])('a browser reaches %s, %s at %s', (LIVEKIT_URL, LIVEKIT_BROWSER_URL, expected) => {
  expect(browserUrl({ LIVEKIT_URL, LIVEKIT_BROWSER_URL })).toBe(expected);
});
