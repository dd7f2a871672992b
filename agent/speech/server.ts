// The speech server: its own process, with one copy of the models for all calls. Started with an
// argument, the same program is the process of one neural model.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { startSpeech } from '@/agent/speech/api';
import { loadEngines } from '@/agent/speech/engines';
import { NEURAL_ARGUMENT, serveNeuralModel } from '@/agent/speech/neural/process';
import { hostSetting } from '@/lib/core/config';
import { issueWords } from '@/lib/core/issue-words';
import { logError, logInfo } from '@/lib/core/log';
import { keepFilesPrivate } from '@/lib/core/private-files';

const settings = z.object({
  HOST: hostSetting,
  SPEECH_PORT: z.coerce.number().int().min(0).max(65_535).default(7890),
  SPEECH_KEY: z.string().optional(),
  /** Its folder `voices` contains the neural models. */
  DATA_DIR: z.string().default('.callboard'),
});

function fail(error: unknown): never {
  logError('The speech server cannot start', error);
  process.exit(1);
}

async function serve(): Promise<void> {
  keepFilesPrivate();
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  const { data, error: invalid } = settings.safeParse(Object.fromEntries(given), {
    error: issueWords,
  });
  if (!data)
    fail(invalid.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  const { HOST, SPEECH_PORT, SPEECH_KEY, DATA_DIR } = data;
  const neural = {
    folder: join(resolve(DATA_DIR), 'voices'),
    program: fileURLToPath(import.meta.url),
  };
  try {
    const speech = await startSpeech(HOST, SPEECH_PORT, () => loadEngines(neural), SPEECH_KEY);
    await speech.ready;
    logInfo(`Speech is ready on ${speech.url}`);
  } catch (error) {
    fail(error);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // There is no state to save: the calls are lost anyway.
  process.once(signal, () => process.exit(0));
}
if (process.argv[2] === NEURAL_ARGUMENT) serveNeuralModel();
else await serve();
