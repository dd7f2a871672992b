// Shows the rules in force, and replaces all of them if the client has the current version.
import { basename } from 'node:path';
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { Problem } from '@/lib/core/problem';
import { parseJson, readBody } from '@/lib/http/read-json';
import { changeRules, loadRules } from '@/lib/rules/active-rules';
import { rulesPath } from '@/lib/rules/rules-file';
import type { LoadedRules } from '@/lib/rules/server';
import { rulesChange } from './schema';

export const dynamic = 'force-dynamic';

/** 200 rules with metadata. */
const BODY = { maxBytes: 1024 * 1024 };

function answer(path: string, { rules, etag, faults }: LoadedRules): Response {
  const response = json({ file: basename(path), etag, rules, faults });
  response.headers.set('etag', etag);
  return response;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server }) => {
    return answer(rulesPath(server.config), await loadRules(server));
  },
  PUT: async (request, { server }) => {
    const { rules } = parseJson(await readBody(server, request, BODY), rulesChange);
    // Proxies that compress responses mark the ETag as weak.
    const etag = request.headers.get('if-match')?.replace(/^W\//, '');
    if (!etag) throw new Problem('no-version', 'Send the current ETag in If-Match.');
    return answer(rulesPath(server.config), await changeRules(server, rules, etag));
  },
});
