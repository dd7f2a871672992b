// Rooms and the agents in them from the command line: `npm run dispatch -- list|create|delete|…`.
// Talks to the web process, so that it does what the HTTP API does, with the same checks. Exit code 1
// when it was refused, 2 when it was asked wrongly.
import { parseArgs } from 'node:util';
import { COMMANDS } from './lib/dispatch-commands.mjs';
import { loadEnv } from './lib/environment.mjs';
import { askWeb, webAddress } from './lib/web-api.mjs';

const USAGE = `Usage: npm run dispatch -- COMMAND [options]

  agents               agents, and which deployments have a live worker
  rooms                live rooms, and who is in them
  open [ROOM]          make a room, with an agent for each --agent
  end ROOM             end a room for everyone, told the --reason
  list ROOM            agents sent into a room, and how each is
  create ROOM          send an agent into a room, which is made if missing
  delete ROOM ID       make one agent leave; room and people stay

  --agent NAME         agent name; left out, create sends the first of the catalogue
  --deployment NAME    left out, production
  --metadata TEXT      what the agent is told
  --force              send it also where no worker is live
  --empty-timeout N, --departure-timeout N   seconds that open's room stays without people
  --max-participants N
  --reason TEXT        shown to everyone in the room
  --json               the API's answer as it is, for scripts
  --help

CALLBOARD_URL is where Callboard is; left out, HOST and PORT of the settings.
In scripts: npm run --silent dispatch -- list ROOM --json
`;

/** What was asked for. @throws TypeError that says what is wrong with it */
function understood([name, ...argv]) {
  if (!Object.hasOwn(COMMANDS, name ?? '')) {
    throw new TypeError(name === undefined ? 'Name a command' : `There is no command ${name}`);
  }
  const command = COMMANDS[name];
  const { required = [], optional = [], options = {} } = command;
  const { values, positionals } = parseArgs({
    args: argv,
    options: { ...options, json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const most = required.length + optional.length;
  if (
    positionals.length < required.length ||
    positionals.length > most ||
    positionals.includes('')
  ) {
    throw new TypeError(
      `${name} takes ${[...required, ...optional.map((one) => `[${one}]`)].join(' ') || 'no arguments'}`,
    );
  }
  const { json = false, ...rest } = values;
  return { json, positionals, request: command.request(positionals, rest), show: command.show };
}

function fail(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

async function settings() {
  try {
    return await loadEnv();
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return fail(1, 'The packages are not installed. Run npm install first.');
  }
}

const argv = process.argv.slice(2);
if (argv.includes('--help') || argv.includes('-h')) {
  process.stdout.write(USAGE);
} else {
  let asked;
  try {
    asked = understood(argv);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's own words go on with advice that does not fit here.
    fail(2, `${error.message.split('. ')[0]}.\n\n${USAGE}`);
  }
  try {
    const answer = await askWeb(webAddress(await settings()), asked.request);
    const shown = asked.json
      ? JSON.stringify(answer ?? { success: true }, null, 2)
      : asked.show(answer, asked.positionals);
    process.stdout.write(`${shown}\n`);
  } catch (error) {
    fail(1, error.message);
  }
}
