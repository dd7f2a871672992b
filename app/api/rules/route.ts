// Shows all rules, and replaces them if the client has the current version.
import { routes } from '@/app/api/routes';
import { listedAgents } from '@/lib/agents/registry';
import { json } from '@/lib/auth/route';
import { Problem } from '@/lib/core/problem';
import { pagesOrigin } from '@/lib/core/server-config';
import { readJson } from '@/lib/http/read-json';
import type { SavedRules } from '@/lib/rules/answer';
import { newRulesDocument } from '@/lib/rules/rule';
import type { RulesServer } from '@/lib/rules/server';
import { changeRules, loadRules } from '@/lib/rules/store';

/** 200 rules with metadata. */
const BODY = { maxBytes: 1024 * 1024 };

function answer(request: Request, { config }: RulesServer, { rules, etag }: SavedRules): Response {
  const $schema = `${pagesOrigin(config, request.headers)}/api/rules/schema`;
  const response = json({ $schema, etag, rules });
  response.headers.set('etag', etag);
  return response;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server }) => answer(request, server, await loadRules(server)),
  PUT: async (request, { server }) => {
    const written = newRulesDocument(listedAgents(server));
    const { rules } = await readJson(server, request, written, BODY);
    // Proxies that compress responses mark the ETag as weak.
    const etag = request.headers.get('if-match')?.replace(/^W\//, '');
    if (!etag) throw new Problem('no-version', 'Send the current ETag in If-Match.');
    return answer(request, server, await changeRules(server, rules, etag));
  },
});
