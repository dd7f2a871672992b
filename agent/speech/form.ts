// Reads the form of a transcription request. The runtime's parser takes seconds for a body of a few million tiny fields
// or header lines, and blocks all other requests meanwhile, so the form is measured first.
import { Problem } from '@/agent/speech/problem';

/** Maximum fields of a form: the API has six. Our own choice. */
const FIELDS_MAX = 20;
/** Maximum bytes of one field's headers. Our own choice: they name a field and a file. */
const HEADERS_MAX = 4_096;

const HEADERS_END = Buffer.from('\r\n\r\n');

const invalid = (detail: string) =>
  new Problem(415, 'not_a_form', detail, { valid: ['multipart/form-data'] });

/** The fields of a form. @throws {Problem} 415 if it is no multipart form, 400 if it has too many fields or too long headers */
export async function readForm(request: Request): Promise<Record<string, FormDataEntryValue>> {
  const type = request.headers.get('content-type') ?? '';
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i.exec(
      type.slice(0, HEADERS_MAX),
    ) ?? [];
  const boundary = quoted ?? plain;
  const missing = 'Send multipart/form-data with a file and a model.';
  if (boundary === undefined) throw invalid(missing);
  const body = Buffer.from(await request.arrayBuffer());
  measure(body, Buffer.from(`--${boundary}`));
  const form = await new Response(body, { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw invalid(missing);
    });
  return Object.fromEntries(form);
}

function measure(body: Buffer, delimiter: Buffer): void {
  let fields = 0;
  for (let at = body.indexOf(delimiter); at >= 0; ) {
    const headers = at + delimiter.length;
    const next = body.indexOf(delimiter, headers);
    if (next < 0) return;
    fields += 1;
    if (fields > FIELDS_MAX) {
      throw new Problem(400, 'invalid_request', `The form has more than ${FIELDS_MAX} fields.`);
    }
    const end = body.subarray(headers, headers + HEADERS_MAX).indexOf(HEADERS_END);
    if (end < 0 && next - headers > HEADERS_MAX) {
      const detail = `The headers of a field have more than ${HEADERS_MAX} bytes.`;
      throw new Problem(400, 'invalid_request', detail);
    }
    at = next;
  }
}
