import { describe, expect, it } from 'vitest';
import { agentsInCode, catalogue } from '@/lib/core/catalogue';
import { isConfigError, parseConfig, renamedSettings } from '@/lib/core/config';

const SECRET = 'a-secret-that-is-long-enough-for-a-server';
const server = {
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: SECRET,
};

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (isConfigError(error)) return error.problems;
  }
  throw new Error('the settings were accepted');
}

describe('parseConfig', () => {
  it('requires only the LiveKit server and treats an empty value as not set', () => {
    const config = parseConfig({ ...server, PORT: '', LIVEKIT_AGENT_DEPLOYMENT: '' });
    expect(config).toMatchObject({
      ...server,
      PORT: 3000,
      LIVEKIT_AGENT_DEPLOYMENT: 'production',
    });
  });

  it('lists all problems at once and never includes the value of a secret', () => {
    const problems = problemsOf({ LIVEKIT_API_SECRET: 'too-short', PORT: '99999' });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'LIVEKIT_API_KEY',
      'LIVEKIT_API_SECRET',
      'LIVEKIT_URL',
      'PORT',
    ]);
    expect(problems.join()).not.toContain('too-short');
  });

  it.each<[string, string]>([
    ['LIVEKIT_URL', '127.0.0.1:7880'],
    ['LIVEKIT_BROWSER_URL', 'https://x.test'],
    ['LIVEKIT_AGENT_DEPLOYMENT', 'a_b'],
    // LiveKit's name of production is empty.
    ['LIVEKIT_AGENT_DEPLOYMENT', 'production'],
    ['PORT', 'http'],
    ['AGENT_MAX_JOBS', '0'],
    ['LLM_URL', 'localhost:11434'],
    ['RECORD_CALLS', 'yes'],
    ['MINUTES_A_DAY', 'front-desk'],
    ['EGRESS_S3_ENDPOINT', 'storage.example'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ ...server, LLM_MODEL: 'm', [name]: value })).toEqual([
      expect.stringContaining(`${name} must be`),
    ]);
  });

  it('accepts a deployment with "_" on LiveKit Cloud', () => {
    const cloud = { ...server, LIVEKIT_URL: 'wss://project.livekit.cloud' };
    const { LIVEKIT_AGENT_DEPLOYMENT } = parseConfig({ ...cloud, LIVEKIT_AGENT_DEPLOYMENT: 'a_b' });
    expect(LIVEKIT_AGENT_DEPLOYMENT).toBe('a_b');
  });

  it('requires a model if a language model server is set', () => {
    const problems = problemsOf({ ...server, LLM_URL: 'http://127.0.0.1:11434/v1' });
    expect(problems).toEqual([
      expect.stringMatching(/^LLM_MODEL is not set, and LLM_URL needs it: the name of a model/),
    ]);
  });

  it.each([
    ['billing, front-desk', ['front-desk', 'billing']],
    ['', catalogue.map(({ name }) => name)],
  ])('limits a worker to AGENT_NAME=%s', (AGENT_NAME, names) => {
    const config = parseConfig({ ...server, AGENT_NAME });
    const served = agentsInCode(config.LETTA_URL, config.AGENT_NAME);
    expect(served.map(({ name }) => name)).toEqual(names);
  });

  it('refuses an unknown AGENT_NAME, and letta without a Letta server', () => {
    const [problem] = problemsOf({ ...server, AGENT_NAME: 'frontdesk,letta' });
    expect(problem).toMatch(
      /^AGENT_NAME has unknown agents: frontdesk, letta\. Valid: front-desk, /,
    );
    const LETTA_URL = 'http://127.0.0.1:8283';
    expect(() => parseConfig({ ...server, LETTA_URL, AGENT_NAME: 'letta' })).not.toThrow();
  });

  it('accepts an old name of a setting with a warning; the new name has precedence', () => {
    const old = { ...server, SIP_OUTBOUND_TRUNK: 'ST_old' };
    expect(parseConfig(old).LIVEKIT_SIP_OUTBOUND_TRUNK).toBe('ST_old');
    expect(renamedSettings(old)).toEqual([
      expect.stringContaining('SIP_OUTBOUND_TRUNK is now LIVEKIT_SIP_OUTBOUND_TRUNK'),
    ]);
    const both = { ...old, LIVEKIT_SIP_OUTBOUND_TRUNK: 'ST_new' };
    expect(parseConfig(both).LIVEKIT_SIP_OUTBOUND_TRUNK).toBe('ST_new');
    expect(renamedSettings({ ...server, SIP_OUTBOUND_TRUNK: '' })).toEqual([]);
  });

  it('requires the keys of a bucket', () => {
    const problems = problemsOf({ ...server, EGRESS_S3_BUCKET: 'sounds', EGRESS_S3_SECRET: 'x' });
    expect(problems).toEqual(['EGRESS_S3_ACCESS_KEY is not set, and EGRESS_S3_BUCKET needs it']);
  });
});
