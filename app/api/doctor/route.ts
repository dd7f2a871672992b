// The doctor: every part examined, as JSON or line by line; with `?room=`, why no agent came there; with
// `?production`, the checklist of what a Callboard that others reach must have.

import { json, requireOwnRequest, routes } from '@/lib/auth/route';
import { languageOf } from '@/lib/core/language';
import { serverConfig } from '@/lib/core/server-config';
import { checkedName } from '@/lib/dispatch/checks';
import { findingFor, linesOf, wantsLines } from '@/lib/doctor/answer';
import { examination } from '@/lib/doctor/examine';
import { worst } from '@/lib/doctor/finding';
import { productionChecklist } from '@/lib/doctor/production/checklist';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request) => {
    // It makes trial calls.
    requireOwnRequest(request);
    const config = serverConfig();
    const language = languageOf(request.headers);
    const asked = new URL(request.url).searchParams;
    const room = checkedName('room', asked.get('room') ?? undefined);
    if (room !== undefined) {
      const began = performance.now();
      const at = new Date().toISOString();
      const findings = [await findingFor(config, room, language)];
      const ms = Math.round(performance.now() - began);
      return json({ state: worst(findings), at, ms, findings });
    }
    const going = asked.has('production')
      ? productionChecklist(config, language)
      : examination(config, language);
    return wantsLines(request) ? linesOf(going) : json(await going.report);
  },
});
