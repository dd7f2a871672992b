// Reads an examination from the web process line by line, so that each finding is shown when it is known.
import { lineCutter } from './log-lines.mjs';
import { credentials, problemLine } from './web-api.mjs';

/** Content type of such an answer (`lib/doctor/finding.ts`). */
const LINES_TYPE = 'application/x-ndjson';
/** Milliseconds for a whole examination: two trial calls at once, none of which comes, take a minute. */
const WHOLE_MS = 120_000;

const unreachable = (base) =>
  `Callboard does not answer at ${base}. Is it running (npm start)? If it is elsewhere, set CALLBOARD_URL.`;

/**
 * Asks for an examination; resolves with `{state, at, ms}` of the whole.
 * @param onFinding called with each finding
 * @param path of the examination, where it is another one
 * @throws Error in words a person can act on
 */
export async function readLines(base, onFinding, path = '/api/doctor') {
  if (!URL.canParse(base)) throw new Error(`CALLBOARD_URL is not an address: ${base}`);
  const signal = AbortSignal.timeout(WHOLE_MS);
  const headers = { ...credentials(), accept: LINES_TYPE };
  let response;
  try {
    response = await fetch(new URL(path, base), { headers, signal });
  } catch (cause) {
    throw new Error(unreachable(base), { cause });
  }
  if (!response.ok || !response.headers.get('content-type')?.startsWith(LINES_TYPE)) {
    const problem = await response.json().catch(() => undefined);
    if (problem?.detail) throw new Error(problemLine(problem));
    throw new Error(`What answers at ${base} is not Callboard, or failed: ${response.status}.`);
  }
  let end;
  const cut = lineCutter((text) => {
    const line = JSON.parse(text);
    if (line.finding) onFinding(line.finding);
    end = line.end ?? end;
  });
  try {
    const decoder = new TextDecoder();
    for await (const piece of response.body) cut(decoder.decode(piece, { stream: true }));
  } catch (cause) {
    throw new Error(`The examination at ${base} broke off.`, { cause });
  }
  if (!end) throw new Error(`The examination at ${base} broke off.`);
  return end;
}
