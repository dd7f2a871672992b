// Finds the rule for a request by its path. The result must agree with the framework's own routing.
import { ROUTES, type RouteRule } from './routes';

/** Path parameters as Next passes them to a handler. */
export type Params = Readonly<Record<string, string | readonly string[]>>;

const partsOf = (path: string) => path.split('/').slice(1);

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The parameters of `path` by `pattern`; undefined if the path does not match. */
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

const isSame = (one: Params, other: Params) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => String(other[name]) === String(value));

/**
 * The rule for a method of the route at `path`. The parameters must be those that the framework found: a path that is
 * parsed in two different ways has no rule.
 * @param path as received, not decoded
 * @returns undefined if the table has no rule
 */
export function ruleFor(method: string, path: string, params: Params): RouteRule | undefined {
  const as = method === 'HEAD' ? 'GET' : method;
  // Static segments take precedence over parameters, as in Next.
  const found = Object.keys(ROUTES)
    .sort((a, b) => a.split('[').length - b.split('[').length)
    .find((pattern) => {
      const own = matched(pattern, path);
      return own !== undefined && isSame(own, params);
    });
  const rules: Partial<Record<string, RouteRule>> =
    found === undefined ? {} : (ROUTES[found] ?? {});
  return Object.hasOwn(rules, as) ? rules[as] : undefined;
}
