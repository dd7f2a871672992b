// Runs the parts with `concurrently`: prefixed output, restart with back-off, and an ordered shutdown. The two flow
// controllers below use concurrently's extension interface: its built-in restart increases the delay without limit and
// treats exit code 0 as success, and its kill stops everything at once.
import { type Command, createConcurrently, type FlowController, Logger } from 'concurrently';
import { englishDuration } from '@/lib/core/figures';
import { withTimeout } from '@/lib/core/wait';
import { root } from '@/scripts/lib/environment';
import { groupSpawner, shellCommand, signal } from '@/scripts/lib/groups';
import { outputOf } from '@/scripts/lib/log-lines';
import type { Part } from '@/scripts/lib/parts';
import { colored } from '@/scripts/lib/terminal';

/** Milliseconds before a crashed part is restarted: doubled at each crash, up to the maximum. */
const FIRST_DELAY_MS = 500;
const MOST_DELAY_MS = 10_000;
/** Seconds after which a part counts as healthy, so that its next crash restarts the back-off. */
const HEALTHY_S = 30;
/** Milliseconds for a killed group to disappear from the process table. */
const KILL_MS = 1_000;

/** Milliseconds to wait after the nth crash in a row, from 1. */
export function backOff(crashes: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (crashes - 1), MOST_DELAY_MS);
}

interface End {
  /** Milliseconds after which SIGKILL is sent to the whole group. */
  readonly limitMs: number;
  /** Milliseconds after which SIGTERM is sent again. */
  readonly againMs?: number;
}

/**
 * Starts the parts and keeps them running.
 * @param secrets values that must never be shown
 */
export function supervise(parts: readonly Part[], secrets: readonly string[] = []) {
  let ending = false;
  const reloading = new Set<string>();
  const crashes = new Map<string, number>();
  const lastLines = new Map<string, string>();
  const logger = new Logger({ prefixFormat: '{name} ' });
  logger.toggleColors(colored);
  logger.setPrefixLength(Math.max(...parts.map(({ name }) => name.length)) + 1);

  const lines: FlowController = {
    handle(commands) {
      for (const [index, command] of commands.entries()) {
        const reader = outputOf(parts[index]?.log, secrets, (text) => {
          lastLines.set(command.name, text);
          logger.logCommandText(`${text}\n`, command);
        });
        command.stdout.subscribe(reader());
        command.stderr.subscribe(reader());
      }
      return { commands };
    },
  };

  const restart: FlowController = {
    handle(commands) {
      for (const command of commands) {
        command.close.subscribe(({ exitCode, timings }) => {
          if (ending) return;
          if (reloading.delete(command.name)) return command.start();
          const row =
            timings.durationSeconds > HEALTHY_S ? 1 : (crashes.get(command.name) ?? 0) + 1;
          crashes.set(command.name, row);
          const delay = backOff(row);
          logger.logCommandEvent(
            `exited (${typeof exitCode === 'number' ? `code ${exitCode}` : exitCode}), restarting in ${englishDuration(delay)}`,
            command,
          );
          setTimeout(() => ending || command.start(), delay);
        });
      }
      return { commands };
    },
  };

  const { commands, result } = createConcurrently(
    parts.map(({ name, argv, env, color }) => ({
      name,
      command: shellCommand(argv),
      env,
      cwd: root,
      prefixColor: color,
    })),
    {
      controllers: [lines, restart],
      logger,
      outputStream: process.stdout,
      spawn: groupSpawner(),
      kill: signal,
    },
  );
  // Rejects when parts exit with an error; `end` waits for them itself.
  result.catch(() => {});

  const named = (names: readonly string[]) =>
    commands.filter(({ name, process }) => names.includes(name) && process);
  const ask = (asked: readonly Command[]) => {
    for (const command of asked) command.kill('SIGTERM');
  };
  const killAll = () => {
    for (const { pid, process } of commands) {
      if (process && pid) signal(pid, 'SIGKILL', { group: true });
    }
  };
  process.once('exit', killAll);

  return {
    /** The last line that a part printed, which may explain why it is not ready. */
    lastLine: (name: string) => lastLines.get(name),
    /** Restarts parts with new code. */
    reload(names: readonly string[]) {
      for (const command of named(names)) {
        reloading.add(command.name);
        logger.logCommandEvent('changed, restarting', command);
      }
      ask(named(names));
    },
    /** Stops restarting parts that exit. */
    stopRestarting() {
      ending = true;
    },
    /** Stops parts; resolves to the names of those that had to be killed. */
    async end(names: readonly string[], { limitMs, againMs }: End): Promise<string[]> {
      const running = named(names);
      const gone = (command: Command) =>
        command.process ? new Promise((resolve) => command.close.subscribe(resolve)) : undefined;
      const allGone = Promise.all(running.map(gone));
      ask(running);
      const again = againMs && setTimeout(() => ask(named(names)), againMs);
      await withTimeout(limitMs, allGone).catch(() => {});
      clearTimeout(again);
      const left = named(names);
      for (const { pid } of left) if (pid) signal(pid, 'SIGKILL', { group: true });
      await withTimeout(KILL_MS, allGone).catch(() => {});
      return left.map(({ name }) => name);
    },
    /** Kills everything. */
    killAll,
  };
}
