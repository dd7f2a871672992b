// Runs one part, as on several machines: `npm run livekit | speech | web | agent`. Uses the same settings as `npm start`;
// parts on other machines are found by LIVEKIT_URL, CALLBOARD_URL and SPEECH_*_URL.
// `npm run agent -- --deployment staging` serves that deployment.
import { nearHost, secretsOf } from './lib/environment.mjs';
import { groupSpawner, SAME_MS, shellCommand, signal } from './lib/groups.mjs';
import { isShown, lineKeeper } from './lib/livekit-log.mjs';
import { findServer } from './lib/livekit-server.mjs';
import { lineCutter, readableLine, withoutSecrets } from './lib/log-lines.mjs';
import { agentPart, livekitPart, speechPart, webPart } from './lib/parts.mjs';
import { root } from './lib/paths.mjs';
import { makePlan } from './lib/plan.mjs';
import { dim, giveUp, yellow } from './lib/terminal.mjs';

/** The address of a part, and which setting the others need if its port is not the default one. */
const ADDRESS = {
  livekit: ({ env }) => ['LIVEKIT_URL', env.LIVEKIT_URL],
  speech: ({ env }) => ['SPEECH_STT_URL and SPEECH_TTS_URL', env.SPEECH_STT_URL],
  web: ({ env }) => ['CALLBOARD_URL', `http://${nearHost(env.HOST)}:${env.PORT}`],
};

const [name, ...rest] = process.argv.slice(2);
const parts = {
  livekit: async (plan) => {
    if (!plan.local) giveUp('LIVEKIT_URL is set: a LiveKit server runs elsewhere.');
    const { file } = await findServer(plan.env);
    return livekitPart({ ...plan, server: file ?? giveUp('livekit-server is not installed.') });
  },
  speech: speechPart,
  web: webPart,
  agent: ({ env, deployments }) => agentPart({ env, ...deployment(deployments) }),
};
if (!Object.hasOwn(parts, name))
  giveUp(`Unknown part. Valid parts: ${Object.keys(parts).join(', ')}.`);

const plan = await makePlan({ together: false, owns: () => [name] }).catch((error) =>
  giveUp(error.message),
);
const part = await parts[name](plan);
const [setting, address] = ADDRESS[name]?.(plan) ?? [];
for (const { wanted } of plan.moved) {
  say(yellow(`Port ${wanted} is in use. Set ${setting} to ${address} where other parts run.`));
}
say(dim(`${part.name}${address ? ` on ${address}` : ''}. Stop with Ctrl-C.`));
run(part);

function say(text) {
  process.stderr.write(`${text}\n`);
}

/** `--deployment name`, or the setting, or production. */
function deployment(known) {
  const flag = rest.indexOf('--deployment');
  const shown = flag === -1 ? process.env.LIVEKIT_AGENT_DEPLOYMENT || 'production' : rest[flag + 1];
  const found = known.find((each) => each.shown === shown);
  const names = known.map((each) => each.shown).join(', ');
  return found ?? giveUp(`No agent has the deployment ${shown}. Valid deployments: ${names}.`);
}

/** Runs a part in this terminal. Ctrl-C stops it; a second one sends the signal again. */
function run({ argv, env, log }) {
  const child = groupSpawner()(shellCommand(argv), {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const secrets = secretsOf(plan.env);
  // A readable line for people, the unchanged record for programs that collect logs.
  const show = process.stdout.isTTY ? readableLine : withoutSecrets;
  const keep = log && lineKeeper(log.file, { secrets });
  for (const stream of [child.stdout, child.stderr]) {
    const cut = lineCutter((line) => {
      keep?.(line);
      if (log && !isShown(line, log.shown)) return;
      const text = show(line, secrets);
      if (text !== undefined) process.stdout.write(`${text}\n`);
    });
    stream.setEncoding('utf8').on('data', cut);
  }
  let asked = Number.NEGATIVE_INFINITY;
  for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(each, () => {
      // npm forwards the Ctrl-C that the terminal has already sent.
      if (performance.now() - asked > SAME_MS) signal(child.pid, 'SIGTERM');
      asked = performance.now();
    });
  }
  child.once('error', (error) => giveUp(error.message));
  child.once('close', (code) => process.exit(code ?? 1));
}
