// Exports all data of one caller as a file.

import { routes } from '@/app/api/routes';
import { download } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { callerData } from '@/lib/privacy/caller-data';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, params: { identity = '' } }) => {
    const data = await callerData(server, identity);
    const name = `callboard-caller-${data.exportedAt.slice(0, 10)}.json`;
    return download(
      name,
      'application/json; charset=utf-8',
      `${JSON.stringify(toWire(data), undefined, 2)}\n`,
    );
  },
});
