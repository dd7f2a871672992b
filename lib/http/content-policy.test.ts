import { describe, expect, it } from 'vitest';
import { contentPolicy, liveKitSources } from '@/lib/http/content-policy';

const usual = { nonce: 'bm9uY2U=', liveKit: 'ws://127.0.0.1:7880', ancestors: [], dev: false };

/** The directives by name. */
const read = (policy: string) =>
  Object.fromEntries(
    policy.split('; ').map((one) => {
      const [name = '', ...sources] = one.split(' ');
      return [name, sources.join(' ')];
    }),
  );

describe('contentPolicy', () => {
  it('lets a page run scripts with its nonce, and connect to this server and LiveKit', () => {
    expect(read(contentPolicy(usual))).toEqual({
      'default-src': "'none'",
      'script-src': "'self' 'nonce-bm9uY2U=' 'strict-dynamic'",
      'style-src': "'self' 'nonce-bm9uY2U='",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'manifest-src': "'self'",
      'media-src': "'self' blob:",
      'worker-src': "'self'",
      'connect-src': "'self' ws://127.0.0.1:7880 http://127.0.0.1:7880",
      'object-src': "'none'",
      'frame-src': "'none'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
    });
  });

  it('lets a file in public/ load scripts of this server, which have no nonce', () => {
    const { 'script-src': scripts } = read(contentPolicy({ ...usual, isFile: true }));
    expect(scripts).toBe("'self' 'nonce-bm9uY2U='");
  });

  it('allows unsafe scripts and styles in development only', () => {
    expect(contentPolicy(usual)).not.toContain('unsafe');
    const dev = read(contentPolicy({ ...usual, dev: true }));
    expect(dev['script-src']).toContain("'unsafe-eval'");
    expect(dev['style-src']).toBe("'self' 'unsafe-inline'");
  });

  it('lists the sites that may frame the page', () => {
    const ancestors = ['https://a.example', 'https://*.b.example'];
    expect(read(contentPolicy({ ...usual, ancestors }))['frame-ancestors']).toBe(
      'https://a.example https://*.b.example',
    );
  });

  it('allows no other connections while the LiveKit server is not set', () => {
    expect(read(contentPolicy({ ...usual, liveKit: undefined }))['connect-src']).toBe("'self'");
  });
});

describe('liveKitSources', () => {
  it.each([
    ['ws://127.0.0.1:7880', ['ws://127.0.0.1:7880', 'http://127.0.0.1:7880']],
    ['wss://live.example/path', ['wss://live.example', 'https://live.example']],
    [
      'wss://desk.livekit.cloud',
      [
        ...['wss://desk.livekit.cloud', 'https://desk.livekit.cloud'],
        ...['wss://*.livekit.cloud', 'https://*.livekit.cloud'],
      ],
    ],
    ['wss://notlivekit.cloud', ['wss://notlivekit.cloud', 'https://notlivekit.cloud']],
  ])('%s', (url, sources) => expect(liveKitSources(url)).toEqual(sources));
});
