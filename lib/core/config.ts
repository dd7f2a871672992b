// All settings with their descriptions, parsed once by zod from the environment, with a list of all problems and how to
// fix them. Pure: `scripts/` reads `.env` and the local keys. After a change of a setting, `npm run docs` writes
// docs/configuration.md.
import { z } from 'zod';
import { readHost, readUrl } from '@/lib/core/addresses';
import { AT_ONCE, parseMinutes, START_LIMITS } from '@/lib/core/call-limits';
import { agentsInCode } from '@/lib/core/catalogue';
import { DatabaseUrlError, parseDatabaseUrl } from '@/lib/core/database-url';
import { deploymentRule, isDeployment, PRODUCTION, shownDeployment } from '@/lib/core/deployment';
import { issueWords } from '@/lib/core/issue-words';
import { PAGE_JOIN_TIMEOUT_SECONDS } from '@/lib/core/join-timeouts';
import { MASKED } from '@/lib/core/masked';
import {
  type AgentModels,
  modelProblems,
  modelsOf,
  OPENAI_MODEL,
  OPENAI_URL,
} from '@/lib/core/models';
import { parseSites } from '@/lib/core/sites';

/** Minimum length of an API secret that livekit-server accepts without a warning (its `ValidateKeys`). */
const SECRET_MIN = 32;

const integer = (min: number, max: number) =>
  z.coerce.number('must be a number').int().min(min).max(max);
const port = () => z.coerce.number('must be a port number').int().min(1).max(65_535);
/** A URL, in one form. `readUrl` says what is refused. */
const url = (schemes: readonly string[], rules: { readonly path?: boolean } = {}) =>
  z.string().transform((value, context) => {
    const read = readUrl(value, { schemes, ...rules });
    if ('url' in read) return read.url;
    context.issues.push({ code: 'custom', message: read.problem, input: value });
    return z.NEVER;
  });
const HTTP = ['http', 'https'] as const;
/** Only the root of a host: nothing can be below a path. */
const ROOT = { path: false };
const web = () => url(HTTP).optional();
const databaseUrl = () =>
  z.string().superRefine((value, { addIssue }) => {
    try {
      parseDatabaseUrl(value);
    } catch (error) {
      if (!(error instanceof DatabaseUrlError)) throw error;
      addIssue({ code: 'custom', message: error.message });
    }
  });
const text = () => z.string().optional();
/** The address that a process listens on. */
export const hostSetting = z
  .string()
  .transform((value, context) => {
    const host = readHost(value);
    if (host !== undefined) return host;
    const message = 'must be a host name or an IP address, without scheme, port and path';
    context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  })
  .default('127.0.0.1');
const days = () => integer(0, 36_500);
const sites = () =>
  z
    .string()
    .transform((value, context) => {
      const { sites: parsed, problems } = parseSites(value);
      for (const message of problems)
        context.issues.push({ code: 'custom', message, input: value });
      return parsed;
    })
    .optional();
/** A limit on calls; 0 is no limit. The default applies only if others can reach the server: `call-limits.ts`. */
const callLimit = (description: string, usual: number) =>
  integer(0, 1_000_000)
    .optional()
    .meta({ description, unset: `\`${usual}\`, if others can reach the server` });

/**
 * All settings by group, in the order of docs/configuration.md. `unset` says what applies without the setting, where the
 * schema has no default. `secret` marks values that must not appear in logs: see `redact.ts`.
 */
export const settings = {
  'LiveKit server': {
    LIVEKIT_URL: url(['ws', 'wss', ...HTTP], ROOT).meta({
      description: 'The LiveKit server: LiveKit Cloud or your own. Set its key and secret too.',
      unset: 'the local server',
      example: 'wss://your-project.livekit.cloud',
    }),
    LIVEKIT_API_KEY: z.string().min(1).meta({
      description: 'API key of the LiveKit server.',
      unset: 'the local key, in `.callboard/keys.json`',
    }),
    LIVEKIT_API_SECRET: z
      .string()
      .min(SECRET_MIN, `must have at least ${SECRET_MIN} characters`)
      .meta({
        secret: true,
        description: 'API secret of the LiveKit server, at least 32 characters.',
        unset: 'the local secret',
      }),
    LIVEKIT_BROWSER_URL: url(['ws', 'wss']).optional().meta({
      description: 'URL of the LiveKit server for browsers, if it differs.',
      unset: '`LIVEKIT_URL`',
      example: 'wss://livekit.example.com',
    }),
    // Parsed by `scripts/` alone: Kubernetes sets it to another form in pods beside a service with the name "livekit".
    LIVEKIT_PORT: text().meta({
      description: 'Port of the local LiveKit server. If it is in use, the next free one is used.',
      unset: '`7880`',
    }),
    LIVEKIT_OBSERVABILITY_URL: url(HTTP).optional().meta({
      description:
        "Where LiveKit's framework uploads sessions of agents. Workers of your own set it to the address of Callboard ([Insights](insights.md)). Callboard's worker uploads to any other address, but nothing to Callboard, which has it already.",
      unset: 'LiveKit Cloud, if the LiveKit server is there',
      example: 'https://insights.example.com',
    }),
    LIVEKIT_SERVER_BIN: text().meta({
      description: 'Path of the local livekit-server.',
      unset: 'the one on `PATH`, or the official release',
      example: '/usr/local/bin/livekit-server',
    }),
  },
  'Addresses and ports': {
    HOST: hostSetting.meta({
      description:
        'Address that the web process, the speech server and the local LiveKit server listen on. `127.0.0.1` accepts connections from this machine only.',
    }),
    PORT: port().default(3000).meta({
      description: 'Port of the web process. If it is in use, the next free one is used.',
    }),
    SPEECH_PORT: port().default(7890).meta({ description: 'Port of the built-in speech server.' }),
    CALLBOARD_URL: url(HTTP).default('http://127.0.0.1:3000').meta({
      description: 'URL of the web process for workers on other machines.',
    }),
    PUBLIC_URL: url(HTTP, ROOT).optional().meta({
      description:
        'URL of the pages for browsers, without a path: https, or a name of this machine. Requires sign-in.',
      example: 'https://calls.example.com',
    }),
    TRUST_PROXY: integer(0, 10).default(0).meta({
      description:
        'Number of proxies in front of the web process that append the client address to `X-Forwarded-For`. With 0, everybody behind a proxy has its address, and anonymous visitors cannot call.',
    }),
  },
  'Sign-in': {
    AUTH: z.enum(['required'], 'must be "required" or not set').optional().meta({
      description:
        'Requires sign-in on this machine too. With another `HOST` or a `PUBLIC_URL`, it is always required, with `AUTH_SECRET` and `PUBLIC_URL`.',
      example: 'required',
    }),
    AUTH_SECRET: text().meta({
      secret: true,
      description:
        'Signs session cookies: at least 32 characters, such as from `openssl rand -base64 32`.',
    }),
    PUBLIC_AGENTS: text().meta({
      description:
        'Agents that anonymous visitors may call on production without signing in, separated by commas.',
      example: 'front-desk',
    }),
    OIDC_ISSUER: web().meta({
      description:
        'OpenID Connect provider for sign-in, in addition to passwords and passkeys. Its redirect URL is `PUBLIC_URL/api/auth/oauth2/callback/oidc`.',
      example: 'https://login.example.com',
    }),
    OIDC_CLIENT_ID: text().meta({ description: 'Client id at the OpenID Connect provider.' }),
    OIDC_CLIENT_SECRET: text().meta({
      secret: true,
      description: 'Client secret at the OpenID Connect provider.',
    }),
    CALLBOARD_API_KEY: text().meta({
      secret: true,
      description: 'API key from the account page, for the command line when sign-in is required.',
    }),
  },
  'Language models and tools': {
    MODELS: text().meta({
      description:
        'Models in order of fallback, separated by commas; the scripted agent is always last. `built-in`, `openai:MODEL`, `compatible:MODEL`, `inference:VENDOR/MODEL`, `letta:AGENT_ID`, or `realtime:MODEL[:VOICE]`, which processes speech itself and must be the first. For one agent: `MODELS_FRONT_DESK`.',
      unset: 'the scripted agent, or the model of `OPENAI_API_KEY` or `LLM_URL`',
      example: `openai:${OPENAI_MODEL},compatible:qwen3:8b`,
    }),
    OPENAI_API_KEY: text().meta({
      secret: true,
      description: `Key for \`openai\` and \`realtime\` models. On its own, it selects \`LLM_MODEL\` or \`${OPENAI_MODEL}\`.`,
    }),
    OPENAI_BASE_URL: web().meta({
      description: 'URL of the API for `openai` and `realtime` models.',
      unset: `\`${OPENAI_URL}\``,
    }),
    LLM_URL: web().meta({
      description:
        "Server for `compatible` models: any with OpenAI's API, such as Ollama, vLLM or llama.cpp.",
      example: 'http://127.0.0.1:11434/v1',
    }),
    LLM_MODEL: text().meta({
      description:
        'Model of `LLM_URL`, or of OpenAI, if `MODELS` is not set. On its own, `npm start` takes it as a model of Ollama on this machine.',
      unset: 'with `npm start`, the model of `LLM_URL` if it has only one',
      example: 'qwen3:8b',
    }),
    LLM_KEY: text().meta({ secret: true, description: 'Key for `LLM_URL`, if it needs one.' }),
    LIVEKIT_INFERENCE_URL: web().meta({
      description: 'Server for `inference` models and speech.',
      unset: "LiveKit Cloud's",
    }),
    LIVEKIT_INFERENCE_API_KEY: text().meta({
      description: 'Key for LiveKit Inference, if the LiveKit server is not on LiveKit Cloud.',
      unset: '`LIVEKIT_API_KEY`',
    }),
    LIVEKIT_INFERENCE_API_SECRET: text().meta({
      secret: true,
      description: 'Secret for LiveKit Inference, in the same case.',
      unset: '`LIVEKIT_API_SECRET`',
    }),
    LETTA_URL: web().meta({
      description:
        '[Letta server](letta.md), 0.16.8, for `letta` models. Callers can then choose one of its agents too.',
      example: 'http://127.0.0.1:8283',
    }),
    LETTA_API_KEY: text().meta({
      secret: true,
      description: 'Key for `LETTA_URL`, if it needs one.',
    }),
    MCP_SERVERS: text().meta({
      secret: true,
      description:
        'URLs of MCP servers whose tools language models can call, separated by commas. For one agent: `MCP_SERVERS_FRONT_DESK`.',
      example: 'https://tools.example.com/mcp',
    }),
  },
  Speech: {
    STT: text().meta({
      description:
        'Speech to text by LiveKit Inference, in order of fallback, separated by commas; the server of `SPEECH_STT_URL` is always last. For one agent: `STT_FRONT_DESK`.',
      example: 'inference:deepgram/nova-3',
    }),
    TTS: text().meta({
      description:
        'The same for text to speech, as `inference:VENDOR/MODEL[:VOICE]`. For one agent: `TTS_FRONT_DESK`.',
      example: 'inference:cartesia/sonic-3:VOICE',
    }),
    SPEECH_STT_URL: url(HTTP).default('http://127.0.0.1:7890/v1').meta({
      description:
        'Speech to text: any server with the OpenAI audio API, with `/v1`. The default is the built-in speech server.',
    }),
    SPEECH_STT_MODEL: z.string().default('moonshine-tiny').meta({
      description: 'Model of `SPEECH_STT_URL`.',
    }),
    SPEECH_STT_KEY: text().meta({ secret: true, description: 'Key for `SPEECH_STT_URL`.' }),
    SPEECH_TTS_URL: url(HTTP).default('http://127.0.0.1:7890/v1').meta({
      description: 'Text to speech: any server with the OpenAI audio API, with `/v1`.',
    }),
    SPEECH_TTS_MODEL: z.string().default('flite').meta({
      description: 'Model of `SPEECH_TTS_URL`.',
    }),
    SPEECH_TTS_KEY: text().meta({ secret: true, description: 'Key for `SPEECH_TTS_URL`.' }),
    SPEECH_TTS_VOICE: text().meta({
      description: 'One voice for all agents, for servers without the voices of the agents.',
      unset: 'the voice of each agent',
    }),
    SPEECH_KEY: text().meta({
      secret: true,
      description:
        'Key that the built-in speech server requires. `npm start` passes it to its workers; elsewhere, set `SPEECH_STT_KEY` and `SPEECH_TTS_KEY` too.',
      unset: 'everybody who can reach the speech server may use it',
    }),
  },
  Workers: {
    AGENT_NAME: z
      .string()
      .transform((value) => value.split(',').map((name) => name.trim()))
      .optional()
      .meta({
        description:
          'Agents that a worker serves, separated by commas. The start page selects the first of them.',
        unset: 'all agents; the page selects the first one',
        example: 'front-desk',
      }),
    LIVEKIT_AGENT_DEPLOYMENT: z.string().default('').transform(shownDeployment).meta({
      description:
        'Deployment that a worker serves; empty is production. `npm start` runs a worker for each.',
      unset: 'production',
      example: 'staging',
    }),
    AGENT_VERSION: z.string().max(50, 'may have at most 50 characters').optional().meta({
      description: "Version of a worker's agents in rollouts: a commit or a date.",
      unset: 'the version in `package.json`',
      example: '3f2c1ab',
    }),
    AGENT_MAX_JOBS: integer(1, 1_000).default(8).meta({
      description: 'Calls at once that a worker takes for one agent.',
    }),
    AGENT_DRAIN_SECONDS: z.coerce.number('must be a number').min(0).max(86_400).default(60).meta({
      description: 'Seconds that a stopping worker lets its calls continue.',
      unset: '`60`; with `npm start`, `1`',
    }),
    AGENT_HEALTH_PORT: port().optional().meta({
      description:
        "Port of a worker's health checks on all network interfaces: `/` for liveness, `/ready` while it can take calls.",
      unset: 'no port is opened',
      example: '8081',
    }),
  },
  Calls: {
    AGENT_JOIN_TIMEOUT_SECONDS: integer(1, 600).default(PAGE_JOIN_TIMEOUT_SECONDS).meta({
      description: 'Seconds that the page waits for the agent before it offers other options.',
    }),
    EMBED_SITES: sites().meta({
      description: 'Sites that may [embed](embed.md) each agent.',
      unset: 'pages of this machine, if `HOST` is this machine only',
      example: 'front-desk=https://www.example.com,https://*.example.org',
    }),
    TOKEN_ORIGINS: sites().meta({
      description:
        'Origins whose pages may [request tokens](front-ends.md#a-page-on-another-origin) for each agent, which `PUBLIC_AGENTS` must name too. Their visitors call anonymously.',
      unset: "only Callboard's own pages",
      example: 'front-desk=https://www.example.com,https://*.example.org',
    }),
    LIVEKIT_SIP_OUTBOUND_TRUNK: z
      .string()
      .regex(/^ST_\w+$/, 'must be the id of an outbound trunk, which begins with ST_')
      .optional()
      .meta({
        description:
          'Outbound trunk of LiveKit SIP for calls to [telephones](telephone.md). `npm run telephone` shows its id.',
        example: 'ST_xxxxxxxx',
      }),
  },
  'Stored calls and recordings': {
    DATABASE_URL: databaseUrl().optional().meta({
      secret: true,
      description:
        'PostgreSQL database, which several web processes can share, [as your provider prints it](database.md).',
      unset: 'a folder in `DATA_DIR`',
      example: 'postgres://callboard:password@127.0.0.1:5432/callboard',
    }),
    DATA_DIR: z.string().default('.callboard').meta({
      description: 'Folder for data on this machine: keys, livekit-server, calls, recordings.',
    }),
    CALLS_KEEP_DAYS: days().default(90).meta({
      description: 'Days after which a call and all its data are deleted; 0 keeps everything.',
    }),
    RECORD_CALLS: z.enum(['off', 'on', 'egress'], 'must be off, on or egress').default('off').meta({
      description:
        "`on`: agents record their calls to `DATA_DIR` on the worker's machine. `egress`: LiveKit's Egress records them. Agents announce the recording, and the page shows it; check the laws that apply to you.",
    }),
    INSIGHTS: z.enum(['off', 'on', 'prompts'], 'must be off, on or prompts').default('on').meta({
      description:
        'Whether the sessions that LiveKit agents [upload](insights.md) are stored: transcript, tools, latencies, usage, and the recording if `RECORD_CALLS` is `on`. `prompts`: also the instructions of the agents, of which otherwise only a hash is stored. `off`: workers are told to upload nothing.',
    }),
    RECORDINGS_KEEP_DAYS: days().default(30).meta({
      description: 'Days after which a recording is deleted; 0 keeps it as long as its call.',
    }),
    EGRESS_FOLDER: text().meta({
      description:
        'Folder on the machine of Egress. If Egress runs in a container, the path at which `recordings` in `DATA_DIR` is mounted there.',
      unset: '`recordings` in `DATA_DIR`',
      example: '/out/recordings',
    }),
    EGRESS_S3_BUCKET: text().meta({
      description: 'S3-compatible storage for recordings of Egress, instead of a folder.',
    }),
    EGRESS_S3_ACCESS_KEY: text().meta({ secret: true, description: 'Access key of the storage.' }),
    EGRESS_S3_SECRET: text().meta({ secret: true, description: 'Secret key of the storage.' }),
    EGRESS_S3_REGION: z.string().default('us-east-1').meta({
      description: 'Region of the storage.',
    }),
    EGRESS_S3_ENDPOINT: web().meta({
      description: 'URL of the storage, if it is not on AWS.',
      example: 'https://storage.example.com',
    }),
  },
  Limits: {
    CALLS_PER_CALLER: callLimit(
      'Calls that one caller may start in ten minutes; 0 is no limit.',
      START_LIMITS.caller,
    ),
    CALLS_PER_ADDRESS: callLimit(
      'The same for one address (for IPv6, a /56).',
      START_LIMITS.address,
    ),
    PUBLIC_CALLS_PER_ADDRESS: callLimit(
      'The same for tokens of anonymous visitors, who call the agents of `PUBLIC_AGENTS` without signing in.',
      START_LIMITS.anonymousAddress,
    ),
    PUBLIC_CALLS_PER_AGENT: callLimit(
      'The same for the calls of all anonymous visitors to one agent, counted when they join.',
      START_LIMITS.anonymousAgent,
    ),
    PUBLIC_CALLS_AT_ONCE: callLimit(
      'Calls at once by anonymous visitors from one address; 0 is no limit.',
      AT_ONCE,
    ),
    PUBLIC_CALL_MINUTES: integer(0, 1_440).default(15).meta({
      description:
        "Minutes after which an anonymous visitor's call ends, announced a minute before; 0 is no limit.",
    }),
    MINUTES_A_DAY: z
      .string()
      .transform((value) => parseMinutes(value))
      .refine((value) => value !== undefined, 'must be like front-desk=600,billing=60')
      .optional()
      .meta({
        description:
          'Minutes of calls that an agent may have in a day, until midnight on this machine. Calls in progress are not ended.',
        example: 'front-desk=600,billing=60',
      }),
  },
  Privacy: {
    MASK: z
      .string()
      .transform((value) => value.split(',').map((word) => word.trim()))
      .pipe(z.array(z.enum(MASKED, `must be a comma-separated list of ${MASKED.join(', ')}`)))
      .default([])
      .meta({
        description:
          'What is [masked](privacy.md) in stored transcripts, tool arguments and results, and errors.',
        unset: 'nothing',
        example: MASKED.join(','),
      }),
    LISTEN_IN: z.enum(['shown', 'hidden'], 'must be shown or hidden').default('shown').meta({
      description:
        '`shown`: people in a call are told that somebody may listen, and see when somebody does. `hidden`: nobody is told; make sure that this is legal. Set it for web and workers.',
    }),
    PRIVACY_CONTACT: z.string().max(300).optional().meta({
      description: "Contact for callers' questions about their data, shown on `/privacy`.",
      example: 'privacy@example.com',
    }),
  },
  'Logs and traces': {
    LOG_LEVEL: text().meta({
      description: '`debug`, `info`, `warn` or `error`, for LiveKit and the workers.',
      unset: '`warn`',
    }),
    OTEL_EXPORTER_OTLP_ENDPOINT: web().meta({
      description:
        "Endpoint for a trace of each finished call, and for traces and metrics that agents upload, with OTLP over HTTP. OpenTelemetry's other settings work too, such as `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_SERVICE_NAME`.",
      unset: 'no traces',
      example: 'http://127.0.0.1:4318',
    }),
  },
};

const schema = z.object({
  ...settings['LiveKit server'],
  ...settings['Addresses and ports'],
  ...settings['Sign-in'],
  ...settings['Language models and tools'],
  ...settings.Speech,
  ...settings.Workers,
  ...settings.Calls,
  ...settings['Stored calls and recordings'],
  ...settings.Limits,
  ...settings.Privacy,
  ...settings['Logs and traces'],
});

/** All settings, typed. The names are those of the environment variables, so that a search finds both. */
export interface Config extends z.infer<typeof schema> {
  /** Models, speech and tools by agent name: from `MODELS`, `STT`, `TTS`, `MCP_SERVERS`. */
  readonly agentModels: Readonly<Record<string, AgentModels>>;
}

/** Invalid settings. `problems` has one line each: the setting, what is wrong, and how to fix it. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The settings are invalid:\n${problems.map((p) => `  - ${p}`).join('\n')}\n` +
        'Set them in .env; docs/configuration.md lists every setting.',
    );
    this.name = 'ConfigError';
  }
}

/** Whether an error is a {@link ConfigError}, of this or another bundle: see `isProblem`. */
export const isConfigError = (error: unknown): error is ConfigError =>
  error instanceof Error && error.name === 'ConfigError' && 'problems' in error;

type Env = Readonly<Record<string, string | undefined>>;

/** Old names of settings, which are accepted until the next release, with the new ones. */
const RENAMED = { SIP_OUTBOUND_TRUNK: 'LIVEKIT_SIP_OUTBOUND_TRUNK' } as const;

/** A warning for each setting with an old name, for processes to print when they start. */
export const renamedSettings = (env: Env): string[] =>
  Object.entries(RENAMED)
    .filter(([old]) => env[old])
    .map(
      ([old, name]) =>
        `The setting ${old} is now ${name}. The old name will be removed in the next release.`,
    );

/** Settings under their new names; where both names are set, the new one applies. */
function withNewNames(set: Env): Env {
  const renamed = Object.entries(RENAMED).map(([old, name]) => [name, set[name] ?? set[old]]);
  return { ...set, ...Object.fromEntries(renamed) };
}

/** Whether `LLM_URL` is set, and not which of its models to use. */
export const needsModel = (set: Env): boolean =>
  Boolean(set.LLM_URL) &&
  !set.LLM_MODEL &&
  !Object.entries(set).some(([name, value]) => value && /^MODELS(_|$)/.test(name));

/**
 * Parses the environment. An empty value counts as not set.
 * @throws {ConfigError} with all problems at once, without the values of keys and secrets
 */
export function parseConfig(env: Env): Config {
  const set = withNewNames(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  const parsed = schema.safeParse(set, { error: issueWords });
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = issue.path.join('.');
        return set[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
      });
  const agents = agentsInCode(set.LETTA_URL).map(({ name }) => name);
  problems.push(...modelProblems(set, agents));
  if (needsModel(set)) {
    problems.push(
      'LLM_MODEL is not set, and LLM_URL needs it: the name of a model of that server, such as qwen3:8b',
    );
  }
  const { LIVEKIT_AGENT_DEPLOYMENT: deployment = '', LIVEKIT_URL: livekitUrl } = set;
  if (deployment === PRODUCTION || !isDeployment(deployment, livekitUrl)) {
    const { words } = deploymentRule(livekitUrl);
    problems.push(`LIVEKIT_AGENT_DEPLOYMENT must be empty (production) or ${words}`);
  }
  // The worker serves agents in code. Other settings may name agents that the team adds.
  const unknown = (parsed.data?.AGENT_NAME ?? []).filter((one) => !agents.includes(one));
  if (unknown.length > 0) {
    problems.push(
      `AGENT_NAME has unknown agents: ${unknown.join(', ')}. Valid: ${agents.join(', ')}`,
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
