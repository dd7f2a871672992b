// Models as `npm run voices -- add` puts them there, made of what is on the machine: the built-in
// recogniser's own files serve the neural engine too, packed into an archive that loopback serves.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addVoice } from '../../../../scripts/lib/voices-add.mjs';
import { loadVocabulary, modelFiles } from '../../moonshine-files';

interface Made {
  readonly name: string;
  readonly does: 'speaks' | 'hears';
  readonly files: Record<string, string | Record<string, string>>;
  readonly voices?: Record<string, number>;
  readonly insteadOf?: Record<string, string>;
}

/** Files of the built-in recogniser, named as its releases for the engine are. */
export async function recogniserFiles(folder: string): Promise<void> {
  const { encoder, decoder } = modelFiles();
  copyFileSync(encoder, join(folder, 'encoder.onnx'));
  copyFileSync(decoder, join(folder, 'decoder.onnx'));
  const pieces = await loadVocabulary();
  const lines = pieces.map((piece, id) => `${Buffer.from(piece).toString('base64')} ${id}\n`);
  writeFileSync(join(folder, 'tokens.txt'), lines.join(''));
}

/**
 * Packs what `fill` makes, serves it, and adds it by the command's own code.
 * @param dataDir where the voices go
 */
export async function addMade(
  dataDir: string,
  made: Made,
  fill: (folder: string) => Promise<void> | void,
): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'voice-'));
  const folder = join(work, made.name);
  mkdirSync(folder);
  await fill(folder);
  const archive = `${made.name}.tar`;
  execFileSync('tar', ['-cf', join(work, archive), '-C', work, made.name]);
  const bytes = readFileSync(join(work, archive));
  const web = createServer((_, response) => response.end(bytes));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const { port } = web.address() as AddressInfo;
  const entry = {
    ...made,
    languages: ['en'],
    archive,
    bytes: bytes.length,
    unpacked: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
  try {
    await addVoice(entry, { ...env, VOICES_RELEASES_URL: `http://127.0.0.1:${port}` }, () => {});
  } finally {
    web.close();
  }
}
