// Many calls with their transcripts as JSON Lines, by the filter of the list.

import { routes } from '@/app/api/routes';
import { callsOf } from '@/lib/auth/permissions';
import { download } from '@/lib/auth/route';
import { limitStreams } from '@/lib/auth/stream-limit';
import { callLines } from '@/lib/calls/view/export-calls';
import { parseCallQuery } from '@/lib/calls/view/query';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server, visitor }) => {
    const filter = parseCallQuery(new URL(request.url).searchParams);
    const name = `callboard-calls-${new Date().toISOString().slice(0, 10)}.jsonl`;
    return limitStreams(server, visitor, async () => {
      const lines = await callLines(server, { ...filter, account: callsOf(visitor) });
      return download(name, 'application/jsonl; charset=utf-8', lines);
    });
  },
});
