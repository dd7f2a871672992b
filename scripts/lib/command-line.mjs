// Command-line programs that use the web process's HTTP API: parses arguments, sends a request, and shows the response.
// Exit code 1 if the request fails, 2 if arguments are invalid.
import { parseArgs } from 'node:util';
import { loadEnv } from './environment.mjs';
import { askWeb, webAddress } from './web-api.mjs';

/** Parses the arguments. @throws TypeError that says what is invalid */
function understood(commands, [name, ...argv]) {
  if (!Object.hasOwn(commands, name ?? '')) {
    throw new TypeError(name === undefined ? 'Missing command' : `Unknown command: ${name}`);
  }
  const command = commands[name];
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

/**
 * Runs the command.
 * @param commands by name: `required` and `optional` arguments, `options`, the `request` to the API, and a function that
 * shows the response to the user. A `request` may throw a TypeError about invalid arguments
 * @param usage printed for --help
 */
export async function runCommands(commands, usage, argv = process.argv.slice(2)) {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(usage);
    return;
  }
  let asked;
  try {
    asked = understood(commands, argv);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The rest of Node's message does not apply here.
    fail(2, `${error.message.split('. ')[0]}.\n\n${usage}`);
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
