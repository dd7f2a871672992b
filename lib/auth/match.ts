// Which rule a request falls under: by its path, which must agree with what the framework made of it.
import { ROUTES, type RouteRule } from './routes';

/** The parts of an address in brackets, as Next hands them to a handler. */
export type Params = Readonly<Record<string, string | readonly string[]>>;

const partsOf = (path: string) => path.split('/').slice(1);

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** What the brackets of `pattern` stand for in `path`; undefined where it is another path. */
function matched(pattern: string, path: string): Params | undefined {
  const wanted = partsOf(pattern);
  const given = partsOf(path);
  const last = wanted.at(-1);
  const rest = last?.match(/^\[\.\.\.(\w+)\]$/)?.[1];
  if (rest ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const params: Record<string, string | string[]> = {};
  for (const [at, part] of wanted.entries()) {
    const name = part.match(/^\[(\w+)\]$/)?.[1];
    if (rest && at === wanted.length - 1) {
      params[rest] = given.slice(at).map((one) => decoded(one) ?? one);
    } else if (name) {
      params[name] = decoded(given[at] ?? '') ?? (given[at] as string);
    } else if (part !== given[at]) {
      return undefined;
    }
  }
  return params;
}

const same = (one: Params, other: Params) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => String(other[name]) === String(value));

/**
 * The rule for a method of the route at `path`. The parts in brackets have to be those the framework
 * found: an address that both read in different ways has no rule.
 * @param path as it came, not decoded
 * @returns undefined where the table has none
 */
export function ruleFor(method: string, path: string, params: Params): RouteRule | undefined {
  const as = method === 'HEAD' ? 'GET' : method;
  // A fixed part goes before one in brackets, as in Next.
  const found = Object.keys(ROUTES)
    .sort((a, b) => a.split('[').length - b.split('[').length)
    .find((pattern) => {
      const own = matched(pattern, path);
      return own !== undefined && same(own, params);
    });
  const rules: Partial<Record<string, RouteRule>> =
    found === undefined ? {} : (ROUTES[found] ?? {});
  return Object.hasOwn(rules, as) ? rules[as] : undefined;
}
