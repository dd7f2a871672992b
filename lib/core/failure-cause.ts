// Why a model or another service did not answer: the reasons that need different fixes. Pure.

export const CAUSES = [
  'key',
  'model',
  'credit',
  'unreachable',
  'tls',
  'late',
  'foreign',
  'other',
] as const;
export type Cause = (typeof CAUSES)[number];

/** It answered, and refused. `status`: HTTP status, if known. */
export class Refused extends Error {
  constructor(
    readonly status: number | undefined,
    readonly said: string,
  ) {
    super(said);
  }
}

/** Error codes of Node.js for certificates that it does not accept, and for a server without TLS. */
const TLS =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO|wrong version number|certificate/i;
const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|UND_ERR_SOCKET|bad port|connection error/i;
const LATE = /said nothing|timeout|timed out|ETIMEDOUT|aborted due/i;
const CREDIT = /insufficient_quota|credit|billing|budget|quota|rate.?limit/i;
const MODEL = /model|voice|agent|deployment|no endpoints|support tool/i;
/** What servers with TLS say to a request without. */
const PLAIN = /HTTP request (?:was sent )?to (?:an )?HTTPS/i;
/** Statuses of a server, or of the proxy in front of it, that gave up waiting. */
const TOO_LATE: readonly unknown[] = [408, 504, 524];
/** A key with a line break or typographic quotes, which HTTP cannot send. */
const UNSENDABLE = /ByteString|invalid header value|invalid character in header/i;

/** The server's message: from the JSON that OpenAI, LiveKit, Letta and MCP servers send, else its text, unless it is a page. */
function messageIn(text: string): string {
  try {
    // The clients of Letta and of MCP put words before it, and Google's answer is a list.
    const json: unknown = JSON.parse(text.slice(text.search(/[[{]/)));
    const { error, message, detail, msg } = [json].flat()[0] as Record<string, unknown>;
    const nested = (error as { message?: unknown } | undefined)?.message;
    const found = [nested, error, message, detail, msg].find((one) => typeof one === 'string');
    if (typeof found === 'string') return found;
  } catch {
    // Not JSON.
  }
  return text
    .replace(/^Error POSTing to endpoint:/, '')
    .replace(/<[!a-z][\s\S]*/i, '')
    .trim();
}

const codes = (error: unknown, depth = 0): string => {
  if (!(error instanceof Error) || depth > 4) return '';
  const { code, name, message, cause } = error as Error & { code?: unknown };
  const inner = error instanceof AggregateError ? error.errors : [cause];
  return [code, name, message, ...inner.map((one) => codes(one, depth + 1))].join(' ');
};

/** Why the key was refused, or something else with the status for that. */
function causeOfRefusal(status: 401 | 403, said: string): Cause {
  // 401 of LiteLLM: "key not allowed to access model"; 403 of OpenAI and Groq for a model of other accounts; 403 of xAI without
  // credit; 403 for a country or a host.
  if (/access (?:to )?(?:the )?model/i.test(said)) return 'model';
  if (status === 401) return 'key';
  if (/\bmodel\b/i.test(said)) return 'model';
  if (CREDIT.test(said)) return 'credit';
  return /\b(?:country|region|location|host|origin)\b/i.test(said) ? 'other' : 'key';
}

function causeOfStatus(status: number | undefined, said: string): Cause {
  if (status === 401 || status === 403) return causeOfRefusal(status, said);
  if (TOO_LATE.includes(status)) return 'late';
  if (status === 402 || status === 429 || CREDIT.test(said)) return 'credit';
  if (/api.?key|unauthori[sz]ed|authenticat/i.test(said)) return 'key';
  if ((status === 404 && !said) || /unexpected endpoint/i.test(said)) return 'foreign';
  if ((status === undefined || [400, 404, 422].includes(status)) && MODEL.test(said))
    return 'model';
  // A page, or JSON without an answer.
  if (status === 404 || status === 405 || (status !== undefined && status < 400)) return 'foreign';
  return 'other';
}

/** Why `fetch` failed: its error says only that it did. */
export function fetchFailure(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

/** Why a request failed. `detail`: what the server or the connection said; may contain secrets. */
export function causeOf(error: unknown): { readonly cause: Cause; readonly detail: string } {
  // The clients of Letta and of MCP have a status too.
  const { status } = error as { status?: unknown };
  if (error instanceof Refused || (typeof status === 'number' && status >= 200)) {
    const code = typeof status === 'number' ? status : undefined;
    const text = error instanceof Refused ? error.said : (error as Error).message;
    if (PLAIN.test(text)) return { cause: 'tls', detail: `${code ?? ''}` };
    // A firewall's page, not an API's refusal.
    if (code === 403 && /^\s*</.test(text)) return { cause: 'foreign', detail: '403' };
    const said = messageIn(text);
    return { cause: causeOfStatus(code, said), detail: `${code ?? ''} ${said}`.trim() };
  }
  const all = codes(error);
  // Without the message, which has the key.
  if (UNSENDABLE.test(all)) return { cause: 'key', detail: 'invalid characters' };
  const own = error instanceof Error ? error.message : String(error);
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  const { code, message } = deepest as { code?: unknown; message?: string };
  const detail = typeof code === 'string' ? code : (message ?? own);
  const answered = /\b(?:status|HTTP|response:?|code)\D{0,12}(\d{3})\b/i.exec(own)?.[1];
  if (answered) return { cause: causeOfStatus(Number(answered), own), detail };
  if (TLS.test(all)) return { cause: 'tls', detail };
  if (UNREACHABLE.test(all)) return { cause: 'unreachable', detail };
  if (LATE.test(all)) return { cause: 'late', detail };
  return {
    cause: /JSON|parse|Unexpected token|content.?type/i.test(all) ? 'foreign' : 'other',
    detail,
  };
}

/** The same for a failure in a call, as a worker reports it: "NAME failed: 401 …". */
export function reportedFailure(message: string): { name: string; cause: Cause } | undefined {
  // Of an MCP server: "The tools of HOST are not there: …".
  const [, tools, model, text = ''] =
    /^(?:The tools of (\S+) are not there|(.+?\)) failed): (.*)$/s.exec(message) ?? [];
  const name = tools ?? model;
  if (!name) return undefined;
  // Of a realtime model: "HOST answered 401: …".
  const [, status, said] = /^(?:\S+ answered )?(\d{3})\b(.*)$/s.exec(text) ?? [];
  const refused = new Refused(status ? Number(status) : undefined, said ?? text);
  if (status) return { name, cause: causeOf(refused).cause };
  const { cause } = causeOf(new Error(text));
  return { name, cause: cause === 'other' ? causeOf(refused).cause : cause };
}
