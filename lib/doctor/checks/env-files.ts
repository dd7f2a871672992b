// Checks that the settings in `.env` have the values that are written there, if there is such a file.
import { envFileFaults, readEnvFiles } from '@/lib/core/env-files';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { DoctorMessages } from '@/lib/doctor/check';

const LIMIT_MS = 1_000;

/** The files of the folder in which Callboard was started. */
const ownFiles = () => readEnvFiles(process.cwd(), process.env.NODE_ENV ?? 'production');

/** Compares what is written with what applies. Names settings, and never shows a value. */
export function checkEnvFiles({ envFiles: words }: DoctorMessages['doctorText']): CheckResult {
  const files = ownFiles();
  const { matters, todo } = words;
  const seen = envFileFaults(files, process.env).map(({ file, name, kind }) =>
    words[kind](file, name),
  );
  if (seen.length > 0) return { state: 'warn', seen: seen.join(' '), matters, todo };
  return {
    state: 'ok',
    seen: words.ok(files.map(({ name }) => name).join(', ')),
    matters,
    todo: '',
  };
}

/** No check if there are no files. */
export const envFileChecks = ({ checkTitles, doctorText }: DoctorMessages): Check[] => {
  const check: Check = {
    id: 'env-files',
    title: checkTitles.envFiles,
    limitMs: LIMIT_MS,
    run: async () => checkEnvFiles(doctorText),
  };
  return ownFiles().length > 0 ? [check] : [];
};
