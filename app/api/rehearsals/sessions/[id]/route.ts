// Stops rehearsals that go on: their program learns of it with its next report.

import { json, routes } from '@/lib/auth/route';
import { Problem } from '@/lib/core/problem';
import { wishStop } from '@/lib/simulations/store/rehearsals';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { id = '' }) => {
    if (await wishStop(id)) return json({ stopping: true }, 202);
    throw new Problem('no-rehearsals', 'They are over, or never began.');
  },
});
