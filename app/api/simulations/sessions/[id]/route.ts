// Stops running simulations: their program is told in the response to its next report.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { Problem } from '@/lib/core/problem';
import { requestStop } from '@/lib/simulations/store';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { server, params: { id = '' } }) => {
    if (await requestStop(server, id)) return json({ stopping: true }, 202);
    throw new Problem('no-simulations', 'They have finished or do not exist.');
  },
});
