// A developer's overrides: on staging they replace models, voice and instructions for one call.
import { expect, test } from 'vitest';
import { frontDesk as desk } from '@/agent/agents/front-desk';
import { overridesOf, withOverrides } from '@/agent/call/overrides';
import { parseConfig } from '@/lib/core/config';

const set = {
  LIVEKIT_URL: 'ws://127.0.0.1:1',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'x'.repeat(32),
  OPENAI_API_KEY: 'k',
  TTS: 'inference:cartesia/sonic-3:amelia',
};
const config = parseConfig(set);
const METADATA = JSON.stringify({ overrides: { voice: 'kal16' } });

test.each([
  ['staging', METADATA, { voice: 'kal16' }],
  ['production', METADATA, undefined],
  ['staging', '{"overrides":{"voice":1}}', undefined],
  ['staging', '', undefined],
])('on %s with %s: %j', (LIVEKIT_AGENT_DEPLOYMENT, metadata, expected) => {
  expect(overridesOf({ LIVEKIT_AGENT_DEPLOYMENT }, metadata)).toEqual(expected);
});

test('models, voice and instructions are replaced, and nothing else', () => {
  const changed = withOverrides(
    { config, definition: desk },
    { models: 'openai:gpt-5', voice: 'kal16', instructions: 'Be brief.' },
    set,
  );
  expect(changed.definition).toEqual({ ...desk, instructions: 'Be brief.' });
  expect(changed.config.agentModels['front-desk']).toMatchObject({
    models: [{ kind: 'openai', model: 'gpt-5' }],
    tts: [{ model: 'cartesia/sonic-3', voice: 'kal16' }],
  });
  expect(changed.config.SPEECH_TTS_VOICE).toBe('kal16');
  expect(changed.config.agentModels.billing).toEqual(config.agentModels.billing);
  expect(withOverrides({ config, definition: desk }, undefined)).toEqual({
    config,
    definition: desk,
  });
});
