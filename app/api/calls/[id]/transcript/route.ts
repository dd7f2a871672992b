// A call's transcript as a file.

import { routes } from '@/app/api/routes';
import { agentNames } from '@/lib/agents/registry';
import { callsOf } from '@/lib/auth/permissions';
import { download } from '@/lib/auth/route';
import { exportCall, FORMATS } from '@/lib/calls/view/export';
import { callTimeline } from '@/lib/calls/view/one-call';
import { languageOf } from '@/lib/core/language';
import { Problem } from '@/lib/core/problem';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server, params: { id = '' }, visitor }) => {
    const asked = new URL(request.url).searchParams.get('format') || 'json';
    const format = FORMATS.find((one) => one === asked);
    if (!format) {
      const detail = `format must be one of ${FORMATS.join(', ')}.`;
      throw new Problem('invalid-request', detail, { valid: FORMATS });
    }
    const { name, type, body } = exportCall(
      await callTimeline(server, id, callsOf(visitor)),
      format,
      agentNames(server),
      languageOf(request.headers),
    );
    return download(name, type, body);
  },
});
