// Gets one model of the catalogue: downloaded, checked, unpacked and described in a folder aside, then
// put in place in one step, so that the speech server never sees half a voice.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onPath } from './on-path.mjs';
import { runQuietly } from './run-quietly.mjs';
import { filesOf, RELEASES } from './voices-catalogue.mjs';
import { download } from './voices-download.mjs';
import { ASIDE, DESCRIPTION, partsDir, voicesDir } from './voices-folder.mjs';

/** Where the releases are: the mirror of the settings, or GitHub. */
const releases = (env) => env.VOICES_RELEASES_URL || RELEASES;

/**
 * @param entry of the catalogue
 * @param say told how far it is
 * @throws Error in one sentence. Nothing half-made is left but a download that can be continued
 */
export async function addVoice(entry, env, say) {
  const folder = voicesDir(env);
  await mkdir(partsDir(env), { recursive: true });
  await sweep(folder);
  await checkMachine(entry, env);
  const archive = join(partsDir(env), entry.archive.split('/').at(-1));
  const from = { ...entry, url: `${releases(env)}/${entry.archive}` };
  await download(from, archive, say);
  const aside = await mkdtemp(join(folder, ASIDE));
  try {
    say('unpacking');
    await runQuietly('tar', ['-xf', archive, '-C', aside, '--strip-components=1']);
    const missing = filesOf(entry).filter((path) => !existsSync(join(aside, path)));
    if (missing.length > 0) throw new Error(`the archive lacks ${missing.join(', ')}`);
    await writeFile(join(aside, DESCRIPTION), `${JSON.stringify(described(entry), null, 2)}\n`);
    const place = join(folder, entry.name);
    await rm(place, { recursive: true, force: true });
    await rename(aside, place);
    await rm(archive, { force: true });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** What the speech server has to know. */
function described({ name, does, languages, licence, archive, sha256, files, voices, insteadOf }) {
  return { name, does, languages, licence, archive, sha256, files, voices, insteadOf };
}

/** Removes what a run that was killed half-way has left. */
async function sweep(folder) {
  const left = (await readdir(folder)).filter((name) => name.startsWith(ASIDE));
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** Said before the download, not after it. */
async function checkMachine({ archive, bytes, unpacked }, env) {
  if (!onPath('tar', env)) throw new Error('tar is needed to unpack it, and is not on PATH');
  // The tar of macOS unpacks bzip2 itself; that of Linux calls it.
  if (archive.endsWith('.bz2') && process.platform === 'linux' && !onPath('bzip2', env)) {
    throw new Error('bzip2 is needed to unpack it, and is not on PATH (Debian: apt install bzip2)');
  }
  const { bavail, bsize } = await statfs(partsDir(env));
  if (bavail * bsize < bytes + unpacked) {
    const needed = Math.ceil((bytes + unpacked) / 1e6);
    throw new Error(`${needed} MB of free disk are needed in ${voicesDir(env)}`);
  }
}
