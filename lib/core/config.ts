// Every setting, parsed once by zod from the environment, with a list of all that is wrong and how
// to mend it. Pure: who reads `.env` and the local keys is `scripts/`. `.env.example` tells people.
import { z } from 'zod';
import { parseMinutes } from './call-limits';
import { findAgent, servedAgents } from './catalogue';
import { DEPLOYMENT_RULE, isDeployment } from './deployment';
import { parseSites } from './embed-sites';
import { MASKED } from './masked';
import { type AgentMinds, mindProblems, mindsOf } from './models';

/** Lowest length of an API secret that livekit-server takes without complaint (its `ValidateKeys`). */
const SECRET_MIN = 32;

const port = (usual: number) =>
  z.coerce.number('must be a port number').int().min(1).max(65_535).default(usual);
const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      `must be an address that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`,
    );
const count = (usual: number, max: number) =>
  z.coerce.number('must be a number').int().min(1).max(max).default(usual);

/** A list with commas of some of these words. */
const some = <const T extends string>(words: readonly T[]) =>
  z
    .string()
    .transform((value) => value.split(',').map((word) => word.trim()))
    .pipe(z.array(z.enum(words, `must be some of ${words.join(', ')}, with commas`)));
/** Starts of calls; 0 is no limit. Left out, it depends on who reaches the server. */
const starts = z.coerce.number('must be a number').int().min(0).max(1_000_000).optional();

const schema = z.object({
  /** LiveKit server. `npm start` fills these three in for the local server. */
  LIVEKIT_URL: url('ws', 'wss', 'http', 'https'),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(SECRET_MIN, `must have at least ${SECRET_MIN} characters`),
  /** Address of the LiveKit server as browsers reach it, where it differs from LIVEKIT_URL. */
  LIVEKIT_BROWSER_URL: url('ws', 'wss').optional(),
  /** Wire name of the deployment a worker serves; empty is production. */
  LIVEKIT_AGENT_DEPLOYMENT: z
    .string()
    .refine(isDeployment, `must be empty (production) or ${DEPLOYMENT_RULE}`)
    .default(''),
  /** Address that web, speech and the local LiveKit server listen on. */
  HOST: z.string().default('127.0.0.1'),
  PORT: port(3000),
  SPEECH_PORT: port(7890),
  /** What the built-in speech server wants from its clients; anybody who reaches it may use it without. */
  SPEECH_KEY: z.string().optional(),
  /** Where workers report to: the web process. */
  CALLBOARD_URL: url('http', 'https').default('http://127.0.0.1:3000'),
  /** Whether people sign in also on loopback; beyond it they always do (`lib/core/sign-in-mode.ts`). */
  AUTH: z.enum(['required'], 'must be required, or left out').optional(),
  /** Signs cookies. */
  AUTH_SECRET: z.string().optional(),
  /** The page's address as browsers reach it. */
  PUBLIC_URL: url('http', 'https').optional(),
  /** An OpenID Connect provider that people can sign in by. */
  OIDC_ISSUER: url('http', 'https').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** Agents that strangers may call, on production, where people else sign in. */
  PUBLIC_AGENTS: z
    .string()
    .refine(
      (names) =>
        names.split(',').every((name) => findAgent(name.trim()) !== undefined || !name.trim()),
      'must be names of agents, with commas',
    )
    .optional(),
  /** Speech to text and text to speech: any server with the OpenAI audio API, up to and with `/v1`. */
  SPEECH_STT_URL: url('http', 'https').default('http://127.0.0.1:7890/v1'),
  SPEECH_STT_MODEL: z.string().default('moonshine-tiny'),
  SPEECH_STT_KEY: z.string().optional(),
  SPEECH_TTS_URL: url('http', 'https').default('http://127.0.0.1:7890/v1'),
  SPEECH_TTS_MODEL: z.string().default('flite'),
  SPEECH_TTS_KEY: z.string().optional(),
  /** Voice for every agent, instead of the catalogue's. */
  SPEECH_TTS_VOICE: z.string().optional(),
  /** Language models in place of the scripted agent; which of them an agent uses, `minds` says. */
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: url('http', 'https').optional(),
  LLM_URL: url('http', 'https').optional(),
  LLM_MODEL: z.string().optional(),
  LLM_KEY: z.string().optional(),
  LETTA_URL: url('http', 'https').optional(),
  LETTA_API_KEY: z.string().optional(),
  /** LiveKit Inference, by the framework's own names; its keys are else those of the LiveKit server. */
  LIVEKIT_INFERENCE_URL: url('http', 'https').optional(),
  LIVEKIT_INFERENCE_API_KEY: z.string().optional(),
  LIVEKIT_INFERENCE_API_SECRET: z.string().optional(),
  /** What a worker's agents are called in a roll-out; left out, the version of this software. */
  AGENT_VERSION: z.string().max(50, 'may have at most 50 characters').optional(),
  /** Calls one worker process takes for one agent at once. */
  AGENT_MAX_JOBS: count(8, 1_000),
  /** Seconds a worker that is being stopped lets its calls go on. */
  AGENT_DRAIN_SECONDS: z.coerce.number('must be a number').min(0).max(86_400).default(60),
  /** Port on which a worker says on every network card how it is, for whatever restarts it; none where not set. */
  AGENT_HEALTH_PORT: z.coerce.number('must be a port number').int().min(1).max(65_535).optional(),
  /** Sites that may show calls in a frame, for each agent; while it is not set, those of this machine. */
  EMBED_SITES: z
    .string()
    .transform((value, context) => {
      const { sites, problems } = parseSites(value);
      for (const message of problems)
        context.issues.push({ code: 'custom', message, input: value });
      return sites;
    })
    .optional(),
  /** Id of the outbound trunk of LiveKit SIP by which agents call telephones. */
  SIP_OUTBOUND_TRUNK: z
    .string()
    .regex(/^ST_\w+$/, 'must be the id of an outbound trunk, which begins with ST_')
    .optional(),
  /** Seconds the page waits for the agent before it offers choices. */
  AGENT_JOIN_TIMEOUT_SECONDS: count(15, 600),
  /** PostgreSQL server with the calls' database; a folder in DATA_DIR where this is not set. */
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  /** Days after which a call is deleted with everything of it; 0 keeps all. */
  CALLS_KEEP_DAYS: z.coerce.number('must be a number').int().min(0).max(36_500).default(90),
  /** Proxies before the web process whose word on a caller's address is taken. */
  TRUST_PROXY: z.coerce.number('must be a number of proxies').int().min(0).max(10).default(0),
  /** Most calls that are started in ten minutes, see `lib/dispatch/limits/`. */
  CALLS_PER_CALLER: starts,
  CALLS_PER_ADDRESS: starts,
  /** Of these, by strangers who call an agent of PUBLIC_AGENTS. */
  PUBLIC_CALLS_PER_ADDRESS: starts,
  PUBLIC_CALLS_PER_AGENT: starts,
  /** Of these, calls that strangers may have at once from one address. */
  PUBLIC_CALLS_AT_ONCE: starts,
  /** Minutes after which a stranger's call ends; 0 is no end. */
  PUBLIC_CALL_MINUTES: z.coerce.number('must be a number').int().min(0).max(1_440).default(15),
  /** Minutes of calls that an agent may have in a day, by its name. */
  MINUTES_A_DAY: z
    .string()
    .transform((value) => parseMinutes(value))
    .refine((value) => value !== undefined, 'must be like front-desk=600,billing=60')
    .optional(),
  /** What of transcripts is not kept as it was said. */
  MASK: some(MASKED).default([]),
  /** Whom callers ask about what is kept of them: an address or a name, shown on /privacy. */
  PRIVACY_CONTACT: z.string().max(300).optional(),
  /** Whether people in a call are shown that somebody listens to it. */
  LISTEN_IN: z.enum(['shown', 'hidden'], 'must be shown or hidden').default('shown'),
  /** Whether calls are recorded: `on` by their agents, on the machine of their worker; or by Egress. */
  RECORD_CALLS: z.enum(['off', 'on', 'egress'], 'must be off, on or egress').default('off'),
  /** Days after which a recording is deleted, if its call is not deleted before; 0 keeps all. */
  RECORDINGS_KEEP_DAYS: z.coerce.number('must be a number').int().min(0).max(36_500).default(30),
  /** Folder on the machine of LiveKit's Egress; where it is not set, that of recordings in DATA_DIR. */
  EGRESS_FOLDER: z.string().optional(),
  /** S3-compatible storage that Egress uploads to, by the names that LiveKit gives its parts. */
  EGRESS_S3_BUCKET: z.string().optional(),
  EGRESS_S3_ACCESS_KEY: z.string().optional(),
  EGRESS_S3_SECRET: z.string().optional(),
  EGRESS_S3_REGION: z.string().default('us-east-1'),
  EGRESS_S3_ENDPOINT: url('http', 'https').optional(),
  /** Folder of what is kept on this machine: keys, server, build, calls, recordings. */
  DATA_DIR: z.string().default('.callboard'),
});

/** All settings, typed. Names are the environment's own, so that a message and a search find them. */
export interface Config extends z.infer<typeof schema> {
  /** What each agent runs on, by its name: from `MODELS`, `STT`, `TTS`, `MCP_SERVERS`. */
  readonly minds: Readonly<Record<string, AgentMinds>>;
}

/** Settings that are wrong. `problems` has one line each: which, why, and how to mend it. */
export class ConfigError extends Error {
  /** Known by its shape, as `Problem` is: it may come from another bundle of the same code. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ConfigError' && 'problems' in value;
  }

  constructor(readonly problems: readonly string[]) {
    super(
      `The settings cannot be used:\n${problems.map((p) => `  - ${p}`).join('\n')}\n` +
        'Set them in .env; .env.example lists every setting.',
    );
    this.name = 'ConfigError';
  }
}

/**
 * Parses the environment. An empty value counts as not set.
 * @throws {ConfigError} with every problem at once; values of keys and secrets are never in it.
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
  problems.push(...mindProblems(set, agents));
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
    problems.push(`MINUTES_A_DAY names no agent with ${unknown.join(', ')}: ${agents.join(', ')}`);
  }
  for (const name of ['EGRESS_S3_ACCESS_KEY', 'EGRESS_S3_SECRET']) {
    if (!set.EGRESS_S3_BUCKET || set[name]) continue;
    problems.push(`${name} is not set, and EGRESS_S3_BUCKET needs it`);
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const minds = Object.fromEntries(agents.map((name) => [name, mindsOf(set, name)]));
  return { ...parsed.data, minds };
}
