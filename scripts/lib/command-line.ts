// Command lines: commander with the exit codes of this repository, and commands that send a request to the web process.
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { loadEnv } from '@/scripts/lib/environment';
import { shownText } from '@/scripts/lib/terminal';
import { askWeb, readAnswer, type WebRequest, webAddress } from '@/scripts/lib/web-api';

/** Shown after the help of programs that use the API. */
export const API_HELP = `
CALLBOARD_URL is the URL of Callboard; by default it is derived from HOST and PORT.
`;

/** A program with the name of its npm script, whose exit code is 2 if arguments are invalid. */
export function program(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}

/**
 * Runs a program. Its exit code is 1 if an action throws, and 2 if it throws an {@link InvalidArgumentError}, as if
 * commander had refused an argument.
 */
export async function run(cli: Command): Promise<void> {
  try {
    await cli.parseAsync();
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof InvalidArgumentError) cli.error(`error: ${message}`);
    process.stderr.write(`${shownText(message)}\n`);
    process.exit(1);
  }
}

/** Refuses an empty argument. */
export function text(value: string): string {
  if (value === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** Parses a whole number from 1 to `most`. */
export const count =
  (most = Number.MAX_SAFE_INTEGER) =>
  (value: string) => {
    const number = Number(value);
    if (Number.isInteger(number) && number > 0 && number <= most) return number;
    throw new InvalidArgumentError(`It must be a number from 1 to ${most}.`);
  };

/** Collects the values of an option that can be repeated. */
export const repeated = (value: string, earlier: readonly string[]) => [...earlier, value];

/** A command that sends a request to the API of the web process. */
export const apiCommand = (cli: Command, name: string, description: string): Command =>
  cli
    .command(name)
    .description(description)
    .option('--json', "print the API's response unchanged, for scripts");

/**
 * Sends a request, and prints the response as JSON or as `show` formats it.
 * @param schema reads the response for `show`
 * @throws Error with a message for the user
 */
export async function ask<T>(
  request: WebRequest,
  { json = false }: { readonly json?: boolean | undefined },
  schema: { parse(value: unknown): T },
  show: (response: T) => string,
): Promise<void> {
  const response = await askWeb(webAddress(loadEnv()), request);
  const shown = json
    ? JSON.stringify(response ?? { success: true }, null, 2)
    : show(readAnswer(schema, response));
  process.stdout.write(`${shownText(shown)}\n`);
}

/** Sends a request, and prints the response as JSON, or that it was done. @throws Error with a message for the user */
export const tell = (
  request: WebRequest,
  options: { readonly json?: boolean | undefined },
  done: string,
): Promise<void> => ask(request, options, z.unknown(), () => done);
