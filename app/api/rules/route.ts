// Shows the rules in force, and replaces all of them if the client has the current version.
import { basename } from 'node:path';
import { json, routes } from '@/lib/auth/route';
import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { parseJson, readBody } from '@/lib/http/read-json';
import { changeRules, loadRules } from '@/lib/rules/active-rules';
import { type LoadedRules, rulesPath } from '@/lib/rules/rules-file';
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
  GET: async () => {
    const config = serverConfig();
    return answer(rulesPath(config), await loadRules(config));
  },
  PUT: async (request) => {
    const config = serverConfig();
    const { rules } = parseJson(await readBody(request, BODY), rulesChange);
    // Proxies that compress responses mark the ETag as weak.
    const etag = request.headers.get('if-match')?.replace(/^W\//, '');
    if (!etag) throw new Problem('no-version', 'Send the current ETag in If-Match.');
    return answer(rulesPath(config), await changeRules(config, rules, etag));
  },
});
