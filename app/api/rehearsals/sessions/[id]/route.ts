// Stops rehearsals that go on: their program learns of it with its next report.
import { Problem } from '@/lib/problem';
import { wishStop } from '@/lib/rehearsals/store/rehearsals';
import { json, routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { id = '' }) => {
    if (await wishStop(id)) return json({ stopping: true }, 202);
    throw new Problem('no-rehearsals', 'They are over, or never began.');
  },
});
