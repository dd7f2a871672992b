// Which sessions of this worker are recorded by LiveKit's framework, by where an upload would go.
import { initializeLogger, voice } from '@livekit/agents';
import { afterEach, expect, test, vi } from 'vitest';
import { recordMode, withoutUploads } from '@/agent/framework/no-upload';
import { parseConfig } from '@/lib/core/config';
import { NO_LIVEKIT } from '@/lib/testing/server';

initializeLogger({ pretty: false, level: 'silent' });

const LOCAL = { LIVEKIT_URL: 'ws://127.0.0.1:7880', CALLBOARD_URL: 'http://127.0.0.1:3000' };
const CLOUD = { LIVEKIT_URL: 'wss://project.livekit.cloud', CALLBOARD_URL: 'http://web:3000' };
const PUBLIC = { ...CLOUD, PUBLIC_URL: 'https://calls.example.com' };

const configOf = (env: Record<string, string>, url: string | undefined) =>
  parseConfig({ ...NO_LIVEKIT, ...env, LIVEKIT_OBSERVABILITY_URL: url });

test.each([
  ['unasked', LOCAL, undefined],
  ['unasked', LOCAL, ''],
  ['never', LOCAL, 'http://localhost:3000/'],
  ['never', LOCAL, 'http://[::1]:3000'],
  ['framework', LOCAL, 'http://localhost:4000'],
  ['framework', LOCAL, 'http://localhost:3000/other'],
  ['framework', LOCAL, 'https://insights.example.com'],
  ['framework', CLOUD, undefined],
  ['never', CLOUD, 'http://web:3000'],
  ['never', PUBLIC, 'https://calls.example.com'],
  ['framework', PUBLIC, 'https://insights.example.com'],
])('%s with %o and LIVEKIT_OBSERVABILITY_URL=%s', (mode, config, url) => {
  expect(recordMode(configOf(config, url))).toBe(mode);
});

const { start } = voice.AgentSession.prototype;
afterEach(() => {
  voice.AgentSession.prototype.start = start;
});

test.each([
  [LOCAL, undefined, undefined, false],
  [LOCAL, undefined, true, true],
  [LOCAL, undefined, false, false],
  [LOCAL, 'http://localhost:3000', true, false],
  [CLOUD, undefined, undefined, undefined],
])(
  '%o, sent to %s: a session that is started with record: %s has %s',
  async (env, url, asked, is) => {
    const started = vi.fn();
    voice.AgentSession.prototype.start = async (options) => started(options.record);
    withoutUploads(configOf(env, url));
    const session = new voice.AgentSession();
    const agent = new voice.Agent({ instructions: '' });
    await session.start({ agent, ...(asked !== undefined && { record: asked }) });
    expect(started).toHaveBeenCalledWith(is);
  },
);
