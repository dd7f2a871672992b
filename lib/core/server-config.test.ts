import { expect, it } from 'vitest';
import { browserUrl, pagesOrigin } from '@/lib/core/server-config';

it.each<[string, string | undefined, string]>([
  ['ws://127.0.0.1:7880', undefined, 'ws://127.0.0.1:7880'],
  ['http://127.0.0.1:7880', undefined, 'ws://127.0.0.1:7880'],
  ['https://x.livekit.cloud', undefined, 'wss://x.livekit.cloud'],
  ['ws://livekit:7880', 'wss://voice.example', 'wss://voice.example'],
])('a browser reaches %s, %s at %s', (LIVEKIT_URL, LIVEKIT_BROWSER_URL, expected) => {
  expect(browserUrl({ LIVEKIT_URL, LIVEKIT_BROWSER_URL })).toBe(expected);
});

it.each<[string | undefined, string | undefined, string]>([
  ['https://calls.example.com', 'evil.example', 'https://calls.example.com'],
  ['https://calls.example.com/app', '127.0.0.1:3000', 'https://calls.example.com'],
  [undefined, 'localhost:3111', 'http://localhost:3111'],
  [undefined, '[::1]:3111', 'http://[::1]:3111'],
  [undefined, 'evil.example', 'http://127.0.0.1:3000'],
  [undefined, 'localhost:3111@evil.example', 'http://127.0.0.1:3000'],
  [undefined, 'evil.example/?localhost', 'http://127.0.0.1:3000'],
  [undefined, 'a b', 'http://127.0.0.1:3000'],
  [undefined, undefined, 'http://127.0.0.1:3000'],
])('pages of PUBLIC_URL %s, asked for as %s, are at %s', (PUBLIC_URL, host, expected) => {
  const headers = new Headers({ ...(host && { host }), 'x-forwarded-host': 'evil.example' });
  headers.set('x-forwarded-proto', 'https');
  headers.set('origin', 'https://evil.example');
  expect(pagesOrigin({ PUBLIC_URL, HOST: '127.0.0.1', PORT: 3000 }, headers)).toBe(expected);
});
