// `npm run telephone`: the trunks of LiveKit SIP, and which agent answers on them. It asks the LiveKit server
// itself, with the settings of .env. Exit code 1 where it refused, 2 when it was asked wrongly.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SipClient } from 'livekit-server-sdk';
import { loadEnv } from './lib/environment.mjs';
import { buildDir } from './lib/paths.mjs';
import { answer, inWords, shown } from './lib/telephone.mjs';

const USAGE = `Usage: npm run telephone -- [COMMAND] [options]

                       trunks, and which agent answers on them
  answer AGENT         has an agent answer calls, each in a room of its own
  forget RULE          ends that

  --deployment NAME    left out, production
  --trunk ID           only on this inbound trunk; can be given more than once
  --help

LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET lead to a LiveKit server with SIP.
`;

const built = (name) => import(pathToFileURL(join(buildDir, 'lib', `${name}.js`)).href);

function fail(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** The agent as the catalogue has it, and its deployment as LiveKit calls it. */
async function chosen(name, shownName = 'production') {
  const { catalogue } = await built('catalogue');
  const { wireDeployment } = await built('deployment');
  const agent = catalogue.find((one) => one.name === name);
  if (!agent) {
    throw new TypeError(`There is ${catalogue.map((one) => one.name).join(', ')}`);
  }
  if (!agent.deployments.includes(shownName)) {
    throw new TypeError(`${name} is on ${agent.deployments.join(', ')}`);
  }
  return { agent: name, deployment: wireDeployment(shownName) };
}

async function run(sip) {
  const { values, positionals } = parseArgs({
    options: {
      deployment: { type: 'string' },
      trunk: { type: 'string', multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  const [command, what, ...more] = positionals;
  if (command === undefined) return shown(sip);
  if (what === undefined || more.length > 0) throw new TypeError(`${command} takes one name`);
  if (command === 'answer') {
    const wanted = await chosen(what, values.deployment);
    return `${await answer(sip, { ...wanted, trunks: values.trunk })}: ${what} answers.`;
  }
  if (command !== 'forget') throw new TypeError(`There is no command ${command}`);
  await sip.deleteSipDispatchRule(what);
  return `${what} is no more.`;
}

if (process.argv.includes('--help')) {
  process.stdout.write(USAGE);
} else {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = await loadEnv();
  if (!LIVEKIT_URL || !LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) {
    fail(1, 'The LiveKit server of this machine has no SIP. Set LIVEKIT_URL and its keys in .env.');
  }
  try {
    const sip = new SipClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
    process.stdout.write(`${await run(sip)}\n`);
  } catch (error) {
    if (error instanceof TypeError && !('cause' in error)) {
      fail(2, `${error.message.split('. ')[0]}.\n\n${USAGE}`);
    }
    fail(1, inWords(error));
  }
}
