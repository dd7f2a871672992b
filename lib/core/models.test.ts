// Parsing of the model, speech and tool settings, and the error messages for invalid ones.
import { describe, expect, it } from 'vitest';
import { modelProblems, modelsOf, seesCaller } from '@/lib/core/models';

const AGENTS = ['front-desk', 'billing'];
const desk = (set: Record<string, string>) => modelsOf(set, 'front-desk');
const problems = (set: Record<string, string>) => modelProblems(set, AGENTS);
const KEYS = {
  OPENAI_API_KEY: 'k',
  LIVEKIT_API_KEY: 'k',
  LLM_URL: 'http://x/v1',
  LETTA_URL: 'http://x',
};

describe('models', () => {
  it.each<[string, readonly object[]]>([
    ['', []],
    ['built-in', []],
    ['openai:gpt-5', [{ kind: 'openai', model: 'gpt-5' }]],
    ['compatible:qwen3:8b', [{ kind: 'compatible', model: 'qwen3:8b' }]],
    ['inference:openai/gpt-4.1', [{ kind: 'inference', model: 'openai/gpt-4.1' }]],
    ['letta:agent-1', [{ kind: 'letta', model: 'agent-1' }]],
    ['realtime:gpt-realtime', [{ kind: 'realtime', model: 'gpt-realtime' }]],
    ['realtime:gpt-realtime:cedar', [{ kind: 'realtime', model: 'gpt-realtime', voice: 'cedar' }]],
    [
      ' openai:a , compatible:b,built-in, openai:never ',
      [
        { kind: 'openai', model: 'a' },
        { kind: 'compatible', model: 'b' },
      ],
    ],
  ])('%s', (text, models) => {
    const set = { ...KEYS, MODELS: text || 'built-in' };
    expect(desk(set).models).toEqual(models);
    expect(problems(set)).toEqual([]);
  });

  it('of the older settings, if MODELS is not set', () => {
    expect(desk({}).models).toEqual([]);
    expect(desk({ OPENAI_API_KEY: 'k' }).models).toEqual([
      { kind: 'openai', model: 'gpt-4.1-mini' },
    ]);
    const both = { OPENAI_API_KEY: 'k', LLM_URL: 'http://x/v1', LLM_MODEL: 'm' };
    expect(desk(both).models).toEqual([{ kind: 'compatible', model: 'm' }]);
    expect(desk({ ...both, MODELS: 'built-in' }).models).toEqual([]);
  });

  it('of one agent take precedence over those of all agents', () => {
    const set = { ...KEYS, MODELS: 'openai:a', MODELS_FRONT_DESK: 'openai:b' };
    expect(modelsOf(set, 'billing').models).toEqual([{ kind: 'openai', model: 'a' }]);
    expect(desk(set).models).toEqual([{ kind: 'openai', model: 'b' }]);
  });

  it('without their key are skipped, and the next one is used', () => {
    const { models, missing } = desk({ LLM_URL: 'http://x/v1', MODELS: 'openai:a,compatible:b' });
    expect(models).toEqual([{ kind: 'compatible', model: 'b' }]);
    expect(missing).toEqual(['OPENAI_API_KEY is not set, and openai:a needs it']);
  });
});

it('reads speech and tools for all agents and for one', () => {
  const set = {
    STT: 'inference:deepgram/nova-3,speech',
    TTS: 'speech',
    TTS_FRONT_DESK: 'inference:cartesia/sonic-3:amelia',
    MCP_SERVERS: 'https://a.test/mcp, http://127.0.0.1:1/mcp',
  };
  expect(problems(set)).toEqual([]);
  expect(desk(set)).toMatchObject({
    stt: [{ model: 'deepgram/nova-3' }],
    tts: [{ model: 'cartesia/sonic-3', voice: 'amelia' }],
    mcp: ['https://a.test/mcp', 'http://127.0.0.1:1/mcp'],
  });
  expect(modelsOf(set, 'billing').tts).toEqual([]);
});

describe('problems', () => {
  it.each<[string, string, RegExp]>([
    ['MODELS', 'gpt-5', /^MODELS has gpt-5, which is not valid: write built-in, openai:MODEL/],
    ['MODELS', 'openai:', /^MODELS has openai:/],
    ['MODELS', 'inference:gpt-5', /^MODELS has inference:gpt-5/],
    ['MODELS_BILLING', 'gemini:pro', /^MODELS_BILLING has gemini:pro/],
    ['MODELS', 'openai:a,realtime:b', /^MODELS has realtime:b: .* can only be the first$/],
    ['STT', 'openai:whisper', /^STT has openai:whisper, .* write speech or inference:/],
    ['TTS', 'inference:sonic', /^TTS has inference:sonic/],
    ['MCP_SERVERS', 'a.test/mcp', /^MCP_SERVERS must be a URL/],
    [
      'MODELS_FRONTDESK',
      'openai:a',
      /^MODELS_FRONTDESK names no agent\. Valid settings: MODELS_FRONT_DESK/,
    ],
  ])('%s=%s', (name, value, problem) => {
    expect(problems({ [name]: value })).toEqual([expect.stringMatching(problem)]);
  });

  it('does not repeat the URL of an MCP server, which may contain a key', () => {
    expect(problems({ MCP_SERVERS: 'a.test/mcp?key=secret' }).join()).not.toContain('secret');
  });

  it('ignores settings of other programs with the same prefix', () => {
    expect(problems({ MODELS_DIR: '/srv/models', TTS_HOME: '/opt/tts', STT_: '' })).toEqual([]);
  });
});

describe('seesCaller', () => {
  const OFF = { camera: false, screenShare: false };
  it.each<[string, object, boolean]>([
    ['openai:gpt-5', { camera: true }, true],
    ['compatible:qwen3-vl', { screenShare: true }, true],
    ['openai:gpt-5', {}, false],
    ['', { camera: true }, false],
    ['realtime:gpt-realtime', { camera: true }, false],
    ['letta:agent-1', { camera: true }, false],
  ])('%s with %j: %s', (MODELS, features, sees) => {
    expect(seesCaller(desk({ ...KEYS, MODELS }), { ...OFF, ...features })).toBe(sees);
  });
});
