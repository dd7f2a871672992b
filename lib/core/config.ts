// All settings, parsed once by zod from the environment, with a list of all problems and how to fix them.
// Pure: `scripts/` reads `.env` and the local keys. `.env.example` documents the settings for users.
import { z } from 'zod';
import { parseMinutes } from './call-limits';
import { findAgent, servedAgents } from './catalogue';
import { DEPLOYMENT_RULE, isDeployment, PRODUCTION, shownDeployment } from './deployment';
import { parseSites } from './embed-sites';
import { MASKED } from './masked';
import { type AgentModels, modelProblems, modelsOf } from './models';

/** Minimum length of an API secret that livekit-server accepts without a warning (its `ValidateKeys`). */
const SECRET_MIN = 32;

const port = (usual: number) =>
  z.coerce.number('must be a port number').int().min(1).max(65_535).default(usual);
const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      `must be a URL that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`,
    );
const count = (usual: number, max: number) =>
  z.coerce.number('must be a number').int().min(1).max(max).default(usual);

/** A comma-separated list of some of these words. */
const listOf = <const T extends string>(words: readonly T[]) =>
  z
    .string()
    .transform((value) => value.split(',').map((word) => word.trim()))
    .pipe(z.array(z.enum(words, `must be a comma-separated list of ${words.join(', ')}`)));
/** A limit on started calls; 0 is no limit. The default depends on who can reach the server. */
const startLimit = z.coerce.number('must be a number').int().min(0).max(1_000_000).optional();

const schema = z.object({
  /** LiveKit server. `npm start` sets these three for the local server. */
  LIVEKIT_URL: url('ws', 'wss', 'http', 'https'),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(SECRET_MIN, `must have at least ${SECRET_MIN} characters`),
  /** URL of the LiveKit server for browsers, if it differs from LIVEKIT_URL. */
  LIVEKIT_BROWSER_URL: url('ws', 'wss').optional(),
  /** LiveKit's name of the deployment that a worker serves: empty for production, which reads as "production". */
  LIVEKIT_AGENT_DEPLOYMENT: z
    .string()
    .refine(
      (name) => isDeployment(name) && name !== PRODUCTION,
      `must be empty (production) or ${DEPLOYMENT_RULE}`,
    )
    .default('')
    .transform(shownDeployment),
  /** Address that the web process, the speech server and the local LiveKit server listen on. */
  HOST: z.string().default('127.0.0.1'),
  PORT: port(3000),
  SPEECH_PORT: port(7890),
  /** Key that clients of the built-in speech server must send. Without one, anybody who can reach it may use it. */
  SPEECH_KEY: z.string().optional(),
  /** URL of the web process, which workers report to. */
  CALLBOARD_URL: url('http', 'https').default('http://127.0.0.1:3000'),
  /** Requires sign-in on loopback too; beyond loopback it is always required (`lib/core/sign-in-mode.ts`). */
  AUTH: z.enum(['required'], 'must be "required" or not set').optional(),
  /** Signs session cookies. */
  AUTH_SECRET: z.string().optional(),
  /** URL of the page as browsers reach it. */
  PUBLIC_URL: url('http', 'https').optional(),
  /** An OpenID Connect provider that users can sign in with. */
  OIDC_ISSUER: url('http', 'https').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** Agents whose production deployment strangers may call where sign-in is required. */
  PUBLIC_AGENTS: z
    .string()
    .refine(
      (names) =>
        names.split(',').every((name) => findAgent(name.trim()) !== undefined || !name.trim()),
      'must be a comma-separated list of agent names',
    )
    .optional(),
  /** Speech to text and text to speech: any server with the OpenAI audio API, including the `/v1`. */
  SPEECH_STT_URL: url('http', 'https').default('http://127.0.0.1:7890/v1'),
  SPEECH_STT_MODEL: z.string().default('moonshine-tiny'),
  SPEECH_STT_KEY: z.string().optional(),
  SPEECH_TTS_URL: url('http', 'https').default('http://127.0.0.1:7890/v1'),
  SPEECH_TTS_MODEL: z.string().default('flite'),
  SPEECH_TTS_KEY: z.string().optional(),
  /** Voice of all agents, instead of the catalogue's. */
  SPEECH_TTS_VOICE: z.string().optional(),
  /** Language models. `agentModels` says which of them an agent uses; without any, the scripted agent answers. */
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: url('http', 'https').optional(),
  LLM_URL: url('http', 'https').optional(),
  LLM_MODEL: z.string().optional(),
  LLM_KEY: z.string().optional(),
  LETTA_URL: url('http', 'https').optional(),
  LETTA_API_KEY: z.string().optional(),
  /** LiveKit Inference, by the framework's own names; the keys default to those of the LiveKit server. */
  LIVEKIT_INFERENCE_URL: url('http', 'https').optional(),
  LIVEKIT_INFERENCE_API_KEY: z.string().optional(),
  LIVEKIT_INFERENCE_API_SECRET: z.string().optional(),
  /** Version of a worker's agents in a rollout; defaults to the version of this software. */
  AGENT_VERSION: z.string().max(50, 'may have at most 50 characters').optional(),
  /** Maximum number of simultaneous calls per worker process and agent. */
  AGENT_MAX_JOBS: count(8, 1_000),
  /** Seconds that a stopping worker lets its calls continue. */
  AGENT_DRAIN_SECONDS: z.coerce.number('must be a number').min(0).max(86_400).default(60),
  /** Port of a worker's health check, on all network interfaces; no health check if it is not set. */
  AGENT_HEALTH_PORT: z.coerce.number('must be a port number').int().min(1).max(65_535).optional(),
  /** Sites that may embed calls in a frame, by agent. If it is not set, only pages of this machine may. */
  EMBED_SITES: z
    .string()
    .transform((value, context) => {
      const { sites, problems } = parseSites(value);
      for (const message of problems)
        context.issues.push({ code: 'custom', message, input: value });
      return sites;
    })
    .optional(),
  /** Id of the outbound trunk of LiveKit SIP that agents call phones through. */
  SIP_OUTBOUND_TRUNK: z
    .string()
    .regex(/^ST_\w+$/, 'must be the id of an outbound trunk, which begins with ST_')
    .optional(),
  /** Seconds the page waits for the agent before it offers other options. */
  AGENT_JOIN_TIMEOUT_SECONDS: count(15, 600),
  /** PostgreSQL server for the database. If it is not set, the database is a folder in DATA_DIR. */
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  /** Days after which a call and all its data are deleted; 0 keeps everything. */
  CALLS_KEEP_DAYS: z.coerce.number('must be a number').int().min(0).max(36_500).default(90),
  /** Number of trusted proxies in front of the web process, which report the caller's address. */
  TRUST_PROXY: z.coerce.number('must be a number of proxies').int().min(0).max(10).default(0),
  /** Maximum number of calls started in ten minutes, see `lib/dispatch/limits/`. */
  CALLS_PER_CALLER: startLimit,
  CALLS_PER_ADDRESS: startLimit,
  /** The same limit for strangers who call an agent of PUBLIC_AGENTS. */
  PUBLIC_CALLS_PER_ADDRESS: startLimit,
  PUBLIC_CALLS_PER_AGENT: startLimit,
  /** Maximum number of simultaneous calls by strangers from one address. */
  PUBLIC_CALLS_AT_ONCE: startLimit,
  /** Minutes after which a stranger's call ends; 0 is no limit. */
  PUBLIC_CALL_MINUTES: z.coerce.number('must be a number').int().min(0).max(1_440).default(15),
  /** Minutes of calls a day, by agent. */
  MINUTES_A_DAY: z
    .string()
    .transform((value) => parseMinutes(value))
    .refine((value) => value !== undefined, 'must be like front-desk=600,billing=60')
    .optional(),
  /** Kinds of data that are masked in transcripts. */
  MASK: listOf(MASKED).default([]),
  /** Contact for callers' privacy requests: an address or a name, shown on /privacy. */
  PRIVACY_CONTACT: z.string().max(300).optional(),
  /** Whether participants see that somebody listens to their call. */
  LISTEN_IN: z.enum(['shown', 'hidden'], 'must be shown or hidden').default('shown'),
  /** Whether calls are recorded: `on` by their agents, on the worker's machine; or by Egress. */
  RECORD_CALLS: z.enum(['off', 'on', 'egress'], 'must be off, on or egress').default('off'),
  /** Days after which a recording is deleted, unless its call is deleted earlier; 0 keeps everything. */
  RECORDINGS_KEEP_DAYS: z.coerce.number('must be a number').int().min(0).max(36_500).default(30),
  /** Folder on the machine of LiveKit's Egress; defaults to the recordings folder in DATA_DIR. */
  EGRESS_FOLDER: z.string().optional(),
  /** S3-compatible storage that Egress uploads to, with LiveKit's names for its fields. */
  EGRESS_S3_BUCKET: z.string().optional(),
  EGRESS_S3_ACCESS_KEY: z.string().optional(),
  EGRESS_S3_SECRET: z.string().optional(),
  EGRESS_S3_REGION: z.string().default('us-east-1'),
  EGRESS_S3_ENDPOINT: url('http', 'https').optional(),
  /** Folder for data on this machine: keys, server, build, calls, recordings. */
  DATA_DIR: z.string().default('.callboard'),
});

/** All settings, typed. The names are those of the environment variables, so that a search finds both. */
export interface Config extends z.infer<typeof schema> {
  /** Models, speech and tools by agent name: from `MODELS`, `STT`, `TTS`, `MCP_SERVERS`. */
  readonly agentModels: Readonly<Record<string, AgentModels>>;
}

/** Invalid settings. `problems` has one line each: the setting, what is wrong, and how to fix it. */
export class ConfigError extends Error {
  /** Recognized by its shape, like `Problem`: the error may come from another bundle of the same code. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ConfigError' && 'problems' in value;
  }

  constructor(readonly problems: readonly string[]) {
    super(
      `The settings are invalid:\n${problems.map((p) => `  - ${p}`).join('\n')}\n` +
        'Set them in .env; .env.example lists every setting.',
    );
    this.name = 'ConfigError';
  }
}

/**
 * Parses the environment. An empty value counts as not set.
 * @throws {ConfigError} with all problems at once, without the values of keys and secrets
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = issue.path.join('.');
        return set[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
      });
  const agents = servedAgents(set.LETTA_URL).map(({ name }) => name);
  problems.push(...modelProblems(set, agents));
  if (
    set.LLM_URL &&
    !set.LLM_MODEL &&
    !Object.keys(set).some((name) => /^MODELS(_|$)/.test(name))
  ) {
    problems.push('LLM_MODEL is not set, and LLM_URL needs it');
  }
  const unknown = Object.keys(parsed.data?.MINUTES_A_DAY ?? {}).filter(
    (one) => !agents.includes(one),
  );
  if (unknown.length > 0) {
    problems.push(
      `MINUTES_A_DAY has unknown agents: ${unknown.join(', ')}. Valid: ${agents.join(', ')}`,
    );
  }
  for (const name of ['EGRESS_S3_ACCESS_KEY', 'EGRESS_S3_SECRET']) {
    if (!set.EGRESS_S3_BUCKET || set[name]) continue;
    problems.push(`${name} is not set, and EGRESS_S3_BUCKET needs it`);
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const agentModels = Object.fromEntries(agents.map((name) => [name, modelsOf(set, name)]));
  return { ...parsed.data, agentModels };
}
