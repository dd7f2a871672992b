// Checks that the settings in `.env` have the values that are written there, if there is such a file.
import { envFileFaults, readEnvFiles } from '@/lib/core/env-files';
import type { Check } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { newCheck } from '@/lib/doctor/check';

const LIMIT_MS = 1_000;

/** Compares what is written with what applies. Names settings, and never shows a value. No check if there are no files. */
export function envFileChecks(language: Language): Check[] {
  const files = readEnvFiles(process.cwd(), process.env.NODE_ENV ?? 'production');
  if (files.length === 0) return [];
  const check = newCheck('envFiles', language, LIMIT_MS, async (t) => {
    const seen = envFileFaults(files, process.env).map(({ file, name, kind }) =>
      t(`envFiles.${kind}`, { file, name }),
    );
    if (seen.length > 0) return { state: 'warn', seen: seen.join(' '), todo: t('envFiles.todo') };
    return {
      state: 'ok',
      seen: t('envFiles.ok', { files: files.map(({ name }) => name).join(', ') }),
    };
  });
  return [check];
}
