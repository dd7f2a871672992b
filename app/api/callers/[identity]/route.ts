// Everything of one caller, deleted.
import { toWire } from '@/lib/calls/view/wire';
import { deleteCaller } from '@/lib/privacy/caller-data';
import { json, routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { identity = '' }) => {
    return json(toWire(await deleteCaller(identity)));
  },
});
