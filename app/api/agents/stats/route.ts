// Statistics of each agent and deployment over the last hour, day or week.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { recentStats } from '@/lib/calls/store/read-stats';
import { WINDOWS } from '@/lib/calls/view/agent-stats';
import { Problem } from '@/lib/core/problem';
import { toWire } from '@/lib/core/snake-case';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server }) => {
    const asked = new URL(request.url).searchParams.get('window') || 'day';
    const name = WINDOWS.find((one) => one === asked);
    if (!name) {
      const detail = `window must be one of ${WINDOWS.join(', ')}.`;
      throw new Problem('invalid-request', detail, { valid: WINDOWS });
    }
    return json(toWire(await recentStats(server, name)));
  },
});
