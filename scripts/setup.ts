// `npm run setup`: prepares what a command needs, by default `npm start`. The command itself does the same.
import { Argument } from 'commander';
import { program, run } from '@/scripts/lib/command-line';
import { loadEnv } from '@/scripts/lib/environment';
import { PARTS, type PartName } from '@/scripts/lib/parts';
import { setUp } from '@/scripts/lib/setup';

const COMMANDS = ['start', 'dev', ...PARTS] as const;

await run(
  program('setup', 'Installs and builds what a command needs.')
    .addArgument(new Argument('[COMMAND]', 'npm command').choices(COMMANDS).default('start'))
    .action(async (command: (typeof COMMANDS)[number]) => {
      const dev = command === 'dev';
      const parts: readonly PartName[] =
        command === 'start' || command === 'dev' ? PARTS : [command];
      await setUp(loadEnv({ dev }), parts, { dev });
    }),
);
