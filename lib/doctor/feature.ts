// The doctor: examines the installation, and says why no agent joined a call.

import { doctorOperations } from '@/lib/doctor/operations';
import type { DoctorServer } from '@/lib/doctor/server';
import type { Feature } from '@/lib/startup/feature';

export const doctor = {
  state: (): Pick<DoctorServer, 'examinations'> => ({ examinations: new Map() }),
  operations: doctorOperations,
} satisfies Feature;
