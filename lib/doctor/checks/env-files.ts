// Checks that the settings in `.env` have the values that are written there, if there is such a file.
import { envFileFaults, readEnvFiles } from '@/lib/core/env-files';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { translator } from '@/lib/messages/messages';

const LIMIT_MS = 1_000;

/** The files of the folder in which Callboard was started. */
const ownFiles = () => readEnvFiles(process.cwd(), process.env.NODE_ENV ?? 'production');

/** Compares what is written with what applies. Names settings, and never shows a value. */
export function checkEnvFiles(language: Language): CheckResult {
  const t = translator(language, 'doctor');
  const files = ownFiles();
  const matters = t('envFiles.matters');
  const seen = envFileFaults(files, process.env).map(({ file, name, kind }) =>
    t(`envFiles.${kind}`, { file, name }),
  );
  if (seen.length > 0) {
    return { state: 'warn', seen: seen.join(' '), matters, todo: t('envFiles.todo') };
  }
  return {
    state: 'ok',
    seen: t('envFiles.ok', { files: files.map(({ name }) => name).join(', ') }),
    matters,
    todo: '',
  };
}

/** No check if there are no files. */
export const envFileChecks = (language: Language): Check[] => {
  const check: Check = {
    id: 'env-files',
    title: translator(language, 'checks')('envFiles'),
    limitMs: LIMIT_MS,
    run: async () => checkEnvFiles(language),
  };
  return ownFiles().length > 0 ? [check] : [];
};
