// Runs one part, as on several machines: `npm run livekit | speech | web | agent`. Uses the same settings as `npm start`;
// parts on other machines are found by LIVEKIT_URL, CALLBOARD_URL and SPEECH_*_URL. `npm run agent` has the commands of
// LiveKit's workers.
import { Argument } from 'commander';
import { nearHost } from '@/lib/core/addresses';
import { secretsOf } from '@/lib/core/redact';
import { program, run } from '@/scripts/lib/command-line';
import { type CompleteEnv, loadEnv, root, usesLocalServer } from '@/scripts/lib/environment';
import { ENDING_SIGNALS, groupSpawner, SAME_MS, shellCommand, signal } from '@/scripts/lib/groups';
import { outputOf, readableLine, safeLine } from '@/scripts/lib/log-lines';
import {
  agentPart,
  livekitPart,
  type Part,
  type PartName,
  speechPart,
  webPart,
} from '@/scripts/lib/parts';
import { deployments, makePlan, type Plan } from '@/scripts/lib/plan';
import { dim, giveUp, yellow } from '@/scripts/lib/terminal';

/** Which setting the other parts need if the part's port is not the default one, and its value. */
const ADDRESS: Partial<Record<PartName, (env: CompleteEnv) => [string, string | undefined]>> = {
  livekit: (env) => ['LIVEKIT_URL', env.LIVEKIT_URL],
  speech: (env) => ['SPEECH_STT_URL and SPEECH_TTS_URL', env.SPEECH_STT_URL],
  web: (env) => ['CALLBOARD_URL', `http://${nearHost(env.HOST)}:${env.PORT}`],
};

/** LiveKit's commands for workers. */
type AgentCommand = 'start' | 'dev' | 'connect' | 'download-files';

/** Options of `npm run agent`; the other parts have none. */
interface Options {
  readonly deployment?: string;
  readonly agent?: string;
  readonly room?: string;
  readonly participantIdentity?: string;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

// package.json names the part.
const [name] = process.argv.splice(2, 1) as [PartName];
const cli = program(name, 'Runs this part alone, as on several machines.');
if (name === 'agent') {
  cli
    .addArgument(
      new Argument(
        '[COMMAND]',
        'start: serve; dev: with debug output; connect: join one room; download-files: only prepare',
      )
        .choices(['start', 'dev', 'connect', 'download-files'] satisfies AgentCommand[])
        .default('start'),
    )
    .option('--deployment <NAME>', 'deployment to serve; default: production')
    .option('--agent <NAMES>', 'agents to serve, separated by commas; default: AGENT_NAME, or all')
    .option('--room <NAME>', 'connect: the room to join; it is created if it does not exist')
    .option('--participant-identity <ID>', 'connect: the participant to listen to');
}
await run(
  cli.action(async (command?: AgentCommand | Options) => {
    const options = cli.opts<Options>();
    if (options.agent) process.env.AGENT_NAME = options.agent;
    if (command === 'connect' && !options.room) giveUp('Which room? Add --room NAME.');
    if (name === 'livekit' && !usesLocalServer(loadEnv())) {
      giveUp('LIVEKIT_URL is set: a LiveKit server runs elsewhere.');
    }
    const plan = await makePlan(name).catch((error: Error) => giveUp(error.message));
    if (command === 'download-files') return;
    const part = partOf(plan, command, options);
    const [setting, address] = ADDRESS[name]?.(plan.env) ?? [];
    for (const warning of plan.warnings) say(yellow(warning));
    for (const { wanted } of plan.moved) {
      say(yellow(`Port ${wanted} is in use. Set ${setting} to ${address} where other parts run.`));
    }
    say(dim(`${part.name}${address ? ` on ${address}` : ''}. Stop with Ctrl-C.`));
    start(part, secretsOf(plan.env));
  }),
);

function partOf(
  { env, ports, server, agents }: Plan,
  command: unknown,
  { deployment: chosen, room, participantIdentity }: Options,
): Part {
  if (name === 'livekit') return livekitPart(env, ports, server ?? '');
  if (name === 'speech') return speechPart(env);
  if (name === 'web') return webPart(env);
  const deployment = chosen ?? (env.LIVEKIT_AGENT_DEPLOYMENT || 'production');
  if (!deployments.includes(deployment)) {
    const valid = deployments.join(', ');
    return giveUp(`No agent has the deployment ${deployment}. Valid deployments: ${valid}.`);
  }
  const part = agentPart(command === 'dev' ? { LOG_LEVEL: 'debug', ...env } : env, deployment);
  if (command !== 'connect') return part;
  if (agents.length !== 1) {
    return giveUp(`Which agent? Add --agent with one of: ${agents.map((a) => a.name).join(', ')}.`);
  }
  const identity = participantIdentity ? ['--participant-identity', participantIdentity] : [];
  return { ...part, argv: [...part.argv, 'connect', '--room', room ?? '', ...identity] };
}

/** Runs a part in this terminal. Ctrl-C stops it; a second one sends the signal again. */
function start({ argv, env, log }: Part, secrets: readonly string[]): void {
  const child = groupSpawner()(shellCommand(argv), {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A readable line for people, the unchanged record for programs that collect logs.
  const show = process.stdout.isTTY ? readableLine : safeLine;
  const reader = outputOf(log, secrets, (text) => process.stdout.write(`${text}\n`), show);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', reader());
  let asked = Number.NEGATIVE_INFINITY;
  for (const each of ENDING_SIGNALS) {
    process.on(each, () => {
      // npm forwards the Ctrl-C that the terminal has already sent.
      if (child.pid && performance.now() - asked > SAME_MS) signal(child.pid, 'SIGTERM');
      asked = performance.now();
    });
  }
  child.once('error', (error) => giveUp(error.message));
  child.once('close', (code) => process.exit(code ?? 1));
}
