// Deletes all data of one caller.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { deleteCaller } from '@/lib/privacy/caller-data';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { server, params: { identity = '' } }) => {
    return json(toWire(await deleteCaller(server, identity)));
  },
});
