// What an agent runs on, from its settings.

import { expect, it } from 'vitest';
import { parseConfig } from '@/lib/core/config';
import { runs, runsOf } from '@/lib/core/runs-on';
import { firstAgent } from '@/lib/testing/agents';

const desk = firstAgent;
const of = (env: Record<string, string>) =>
  runs.parse(
    runsOf(
      parseConfig({
        LIVEKIT_URL: 'ws://127.0.0.1:7880',
        LIVEKIT_API_KEY: 'key',
        LIVEKIT_API_SECRET: 'a-secret-that-is-long-enough-for-a-server',
        ...env,
      }),
      desk,
    ),
  );
const OPENAI = { OPENAI_API_KEY: 'sk-of-openai-0123456789' };

it('without settings, it is the scripted agent and the built-in speech server', () => {
  expect(of({ MCP_SERVERS: 'https://tools.test/mcp' })).toEqual({
    models: ['the scripted agent'],
    stt: ['moonshine-tiny (own speech server)'],
    tts: ['flite (own speech server)'],
    voice: 'slt',
    // MCP tools require a language model.
    tools: [],
    missing: [],
  });
});

it('lists models and hosted speech in order, tools by host, and no keys', () => {
  const all = of({
    ...OPENAI,
    MODELS: 'openai:gpt-5,compatible:qwen3:8b,letta:agent-1',
    LLM_URL: 'http://10.0.0.9:11434/v1',
    STT: 'inference:deepgram/nova-3',
    TTS: 'inference:cartesia/sonic-3:amelia',
    SPEECH_TTS_URL: 'https://speech.test/v1',
    MCP_SERVERS: 'https://tools.test/mcp?key=secret',
  });
  expect(all).toEqual({
    models: ['gpt-5 (OpenAI)', 'qwen3:8b (10.0.0.9:11434)', 'the scripted agent'],
    stt: ['deepgram/nova-3 (LiveKit Inference)', 'moonshine-tiny (own speech server)'],
    tts: ['cartesia/sonic-3 (LiveKit Inference)', 'flite (speech.test)'],
    voice: 'amelia',
    tools: ['tools.test'],
    missing: ['LETTA_URL is not set, and letta:agent-1 needs it'],
  });
  expect(JSON.stringify(all)).not.toMatch(/secret|0123456789/);
});

it('shows that a realtime model does its own speech recognition and synthesis', () => {
  expect(of({ ...OPENAI, MODELS: 'realtime:gpt-realtime' })).toMatchObject({
    models: ['gpt-realtime (OpenAI Realtime)', 'the scripted agent'],
    stt: ['the model itself', 'moonshine-tiny (own speech server)'],
    tts: ['the model itself', 'flite (own speech server)'],
    voice: 'its usual one',
  });
});
