// Process groups. Each part runs in a group of its own: the terminal's Ctrl-C does not reach it
// before its turn, and what it started can be ended with it.
import { spawn } from 'node:child_process';

/**
 * Outlives this program by a moment: told of each group that begins (`+`) and ends (`-`), and when
 * its input closes because this program is gone, even by kill -9, it ends the groups still there.
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

/** Milliseconds in which a second signal is the same Ctrl-C: npm passes on what the terminal sent. */
export const SAME_MS = 1_000;

/** Sends a signal to a process, or with `group` to its whole group; gone is fine. */
export function signal(pid, name, { group = false } = {}) {
  try {
    process.kill(group ? -pid : pid, name);
  } catch (error) {
    // EPERM: macOS's answer for a group whose members have all ended.
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** A program and its arguments for `/bin/sh`, which it replaces: signals reach it, not a shell. */
export function shellCommand(argv) {
  return `exec ${argv.map(quote).join(' ')}`;
}

/** Makes the `spawn` that `concurrently` is given. */
export function groupSpawner() {
  const guard = spawn('/bin/sh', ['-c', GUARD], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.stdin.on('error', () => {});
  guard.unref();
  return (command, options) => {
    const child = spawn('/bin/sh', ['-c', command], { ...options, detached: true });
    if (!child.pid) return child;
    guard.stdin.write(`+ ${child.pid}\n`);
    child.once('exit', () => {
      // Job processes of a worker that died would talk on for 15 s and hold its output open.
      signal(child.pid, 'SIGKILL', { group: true });
      guard.stdin.write(`- ${child.pid}\n`);
    });
    return child;
  };
}
