// Generates malformed requests for fuzz tests: valid names with invalid values, valid bodies with a few changes, bytes
// that are not JSON, and paths with special characters.
import fc from 'fast-check';

/** A request that may be invalid. */
export interface OddRequest {
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** Names that mean something in a URL, or look like it. */
export const ODD_NAMES = [
  ...String.raw`. .. ... ~ ~. ~.. ~~.. a..b ../.. ./x / a/b // \ % %2e%2e %2F`.split(' '),
  ...'? # ?x=1#y ;a=b & + export'.split(' '),
  ...[' ', 'anna smith', '\u202e', 'ü', '🙂', 'x'.repeat(256)],
];

/** Field and parameter names of the API: values under a known name get further. */
const NAMES =
  `room room_name room_config agents agent agent_name deployment metadata participant_identity
  participant_name participant_metadata participant_attributes roomConfig force reason empty_timeout max_participants
  name takeover egress limit cursor from to text live outcome ended_by format day window step rules when if then version
  events worker sentAt ask where wish request id event __proto__ constructor toString`.split(/\s+/);

/** Values that are known to break programs. */
const EVIL = fc.constantFrom<unknown>(
  ...['', ' ', '\0', 'a\0b', '\u{1f468}\u200d\u{1f469}', '\u202e', "'; drop table calls; --"],
  ...'% .. ../../etc/passwd %2e%2e {{7*7}} <script> 1e999 -1 NaN null []'.split(' '),
  ...'production staging front-desk sample-1 room-1'.split(' '),
  ...['a'.repeat(300), 'é'.repeat(5_000)],
  ...[0, -0, -1, 1e308, 2 ** 53, 0.1, null, true, false, [], {}, [[]], [null], '\ud800'],
);
/** Fits into a URL: Node refuses URLs longer than 16 KB, and an unpaired surrogate cannot be encoded. */
const short = (one: string) => one.slice(0, 500).replace(/\p{Surrogate}/gu, '\u{fffd}');
const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, fc.string());
const text = fc.oneof(EVIL.map(String), fc.string(), fc.string({ unit: 'binary', maxLength: 40 }));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    EVIL,
    fc.string(),
    fc.double(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 6 }).map(Object.fromEntries),
  ),
}));

type Path = readonly (string | number)[];

/** All paths in a value. */
function placesIn(of: unknown, at: Path = []): Path[] {
  if (typeof of !== 'object' || of === null) return [at];
  return [at, ...Object.entries(of).flatMap(([key, one]) => placesIn(one, [...at, key]))];
}

function changed(of: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  const copy = Array.isArray(of) ? [...of] : { ...(of as object) };
  const fields = copy as Record<string | number, unknown>;
  fields[key] = changed(fields[key], rest, to);
  return copy;
}

/** A valid body with one to three changes. */
const nearly = (right: unknown) =>
  fc
    .array(fc.tuple(fc.constantFrom(...placesIn(right)), value), { minLength: 0, maxLength: 3 })
    .map((changes) =>
      changes.reduce((body, [at, to]) => {
        const still = placesIn(body).some((one) => JSON.stringify(one) === JSON.stringify(at));
        return still ? changed(body, at, to) : body;
      }, right),
    );

const bodyOf = (right: unknown): fc.Arbitrary<OddRequest['body']> =>
  fc.oneof(
    { weight: 6, arbitrary: nearly(right).map((one) => JSON.stringify(one) ?? '') },
    { weight: 3, arbitrary: value.map((one) => JSON.stringify(one) ?? '') },
    { weight: 1, arbitrary: text },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['['.repeat(20_000), `${'['.repeat(30_000)}${']'.repeat(30_000)}`, '{"a":'],
        ...[`"${'x'.repeat(70_000)}"`, `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`],
      ),
    },
  );

/** A path segment; "." or ".." would change the path. */
const encoded = text
  .map(short)
  .filter((one) => !['', '.', '..'].includes(one))
  .map(encodeURIComponent);
/** Not UTF-8, or not decoded once only. */
const wrong = fc.constantFrom('%', '%zz', '%E0%A4%A', '%ED%A0%80', '%00', '%25zz', '%2500', '%2F');
const part = fc.oneof({ weight: 9, arbitrary: encoded }, wrong);

const ODD_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'content-type': ['text/plain', 'application/webhook+json', 'multipart/form-data', 'x'],
  origin: ['null', 'https://elsewhere.example', 'x'],
  accept: ['application/x-ndjson', 'text/event-stream', 'x'],
  'accept-language': ['de', 'x;q=y', `${'a,'.repeat(500)}b`],
  range: ['bytes=0-', 'bytes=9-1', 'bytes=-0', 'lines=1'],
  'if-match': ['*', '"x"', 'W/"x"'],
  authorization: ['Bearer x', 'Basic eDp4', 'x'],
  'callboard-ticket': ['x', 'y'.repeat(2_000)],
  cookie: ['language=xx', '=;=;', 'a=b'],
};
/** One request in four has an unusual header: with more, most would be refused before their body is read. */
const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc
    .constantFrom(...Object.entries(ODD_HEADERS))
    .chain(([key, values]) => fc.constantFrom(...values).map((one) => ({ [key]: one }))),
);

/**
 * Requests to a route.
 * @param route its path with parameters in brackets
 * @param methods its methods; sometimes another one is used
 * @param right a valid body
 * @param known path segments of existing objects
 */
export function oddRequests(
  route: string,
  methods: readonly string[],
  right: unknown,
  known: readonly string[],
): fc.Arbitrary<OddRequest> {
  const any = fc.oneof(part, fc.constantFrom(...known));
  const pieces = route.split('/').map((one) => (/^\[.+\]$/.test(one) ? any : fc.constant(one)));
  const query = fc.array(fc.tuple(name, text), { maxLength: 4 }).map((all) => {
    const params = all.map((pair) => pair.map(short));
    return params.length === 0 ? '' : `?${new URLSearchParams(params)}`;
  });
  const other = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD');
  const method = fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...methods) }, other);
  return fc
    .record({ method, parts: fc.tuple(...pieces), query, headers, body: bodyOf(right) })
    .map(({ parts, query: asked, ...others }) => ({
      ...others,
      path: `${parts.join('/')}${asked}`,
      body: ['GET', 'HEAD', 'OPTIONS'].includes(others.method) ? undefined : others.body,
      headers: { 'content-type': 'application/json', ...others.headers },
    }));
}
