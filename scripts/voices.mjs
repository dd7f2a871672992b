// Neural voices and larger recognisers for the speech server of this machine: `npm run voices -- list`.
// They are downloaded when somebody asks for one, since each is larger than all of Callboard. Exit code
// 1 when it did not work, 2 when it was asked wrongly.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnv } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { add, list, remove, use } from './lib/voices-commands.mjs';

const USAGE = `Usage: npm run voices -- COMMAND

  list                 what there is, its size and licence, and what of it is here
  add NAME             download it, after its size was said; --yes agrees beforehand
  use NAME [VOICE]     let all agents speak or hear with it, by .env
  use built-in         back to the voices and the recogniser that need no download
  remove NAME          delete it

VOICES_RELEASES_URL is a mirror of https://github.com/k2-fsa/sherpa-onnx/releases/download.
`;

/** How many names each command takes, at least and at most. */
const TAKES = { list: [0, 0], add: [1, 1], use: [1, 2], remove: [1, 1] };

/** @throws TypeError that says what is wrong with what was typed */
function understood(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { yes: { type: 'boolean', short: 'y', default: false } },
    allowPositionals: true,
  });
  const [command, ...rest] = positionals;
  if (!Object.hasOwn(TAKES, command ?? '')) {
    throw new TypeError(
      command === undefined ? 'Name a command' : `There is no command ${command}`,
    );
  }
  const [least, most] = TAKES[command];
  if (rest.length < least || rest.length > most) {
    throw new TypeError(`${command} takes ${most === 0 ? 'no name' : 'the name of a voice'}`);
  }
  return { command, name: rest[0], voice: rest[1], yes: values.yes };
}

async function run({ command, name, voice, yes }) {
  const env = await loadEnv();
  switch (command) {
    case 'list':
      return list(env);
    case 'add':
      return add(env, name, { yes });
    case 'remove':
      return remove(env, name);
    default:
      return use(env, name, { voice, file: join(root, '.env') });
  }
}

function fail(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

// So that a download ends with Ctrl-C; what has come of it is kept for the next time.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const argv = process.argv.slice(2);
if (argv.includes('--help') || argv.includes('-h')) {
  process.stdout.write(USAGE);
} else {
  try {
    process.stdout.write(`${await run(understood(argv))}\n`);
  } catch (error) {
    if (error instanceof TypeError) fail(2, `${error.message.split('. ')[0]}.\n\n${USAGE}`);
    if (error.code === 'ERR_MODULE_NOT_FOUND') {
      fail(1, 'The packages are not installed. Run npm install first.');
    }
    fail(1, error.message);
  }
}
