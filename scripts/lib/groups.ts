// Process groups. Each part runs in its own group, so that the terminal's Ctrl-C does not reach it before its turn, and
// all its child processes can be stopped with it.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/**
 * A guard that outlives this program for a moment. It receives a line for each group that starts (`+`) or ends (`-`). When its
 * input closes because this program is gone, even by kill -9, it kills the remaining groups.
 */
const GUARD = `
trap '' INT TERM HUP
while read -r op pid; do
  case $op in
    +) set -- "$@" "$pid" ;;
    -) for p do shift; [ "$p" = "$pid" ] || set -- "$@" "$p"; done ;;
  esac
done
for p do kill -TERM "$p" 2>/dev/null; done
for second in 1 2 3; do
  alive=
  for p do kill -0 "-$p" 2>/dev/null && alive=yes; done
  [ $alive ] || exit
  sleep 1
done
for p do kill -KILL "-$p" 2>/dev/null; done
`;

/** Milliseconds in which a second signal belongs to the same Ctrl-C: npm forwards what the terminal already sent. */
export const SAME_MS = 1_000;

/** What a terminal, a supervisor or a closed window sends to end a program. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Sends a signal to a process, or with `group` to its whole group; ignores that it is gone. */
export function signal(pid: number, name: string | undefined, { group = false } = {}): void {
  try {
    process.kill(group ? -pid : pid, name);
  } catch (error) {
    // macOS returns EPERM for a group whose members have all exited.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Shell command that replaces `/bin/sh` with the program, so that signals reach it. */
export function shellCommand(argv: readonly string[]): string {
  return `exec ${argv.map(quote).join(' ')}`;
}

/**
 * The default of glibc's threshold for returning freed memory (128 KB), so that it does not grow by itself: without it,
 * the processes take a tenth more at rest (990 MB instead of 890). Other systems ignore it.
 */
export const ALLOCATOR = { MALLOC_TRIM_THRESHOLD_: String(128 * 1_024) };

/** Creates the `spawn` function for `concurrently`. */
export function groupSpawner(): (command: string, options: SpawnOptions) => ChildProcess {
  const guard = spawn('/bin/sh', ['-c', GUARD], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.stdin.on('error', () => {});
  guard.unref();
  return (command, options) => {
    const env = { ...ALLOCATOR, ...(options.env ?? process.env) };
    const child = spawn('/bin/sh', ['-c', command], { ...options, env, detached: true });
    // Pieces of the output may end within a character.
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8');
    const { pid } = child;
    if (!pid) return child;
    guard.stdin.write(`+ ${pid}\n`);
    child.once('exit', () => {
      // Job processes of a dead worker would continue to talk for 15 s and keep its output open.
      signal(pid, 'SIGKILL', { group: true });
      guard.stdin.write(`- ${pid}\n`);
    });
    return child;
  };
}
