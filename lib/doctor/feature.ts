// The doctor: examines the installation, and says why no agent joined a call.
import type { Feature } from '@/lib/startup/feature';
import { doctorOperations } from './operations';
import type { DoctorServer } from './server';

export const doctor = {
  state: (): Pick<DoctorServer, 'examinations'> => ({ examinations: new Map() }),
  operations: doctorOperations,
} satisfies Feature;
