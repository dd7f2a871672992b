// Messages of the page with all data about one caller.
import { counted } from '@/lib/messages/en/format';

/** The page of one caller. */
export const callerText = {
  title: 'All data about this caller',
  lead: 'All calls from the same browser, phone number or identity. Another browser or number counts as another caller.',
  calls: (count: number) => counted(count, 'call'),
  export: 'Download (JSON)',
  about: 'What is stored about callers',
  remove: {
    button: 'Delete everything',
    ask: 'Delete all calls of this caller, with transcripts and recordings, and what agents remember? This cannot be undone.',
    yes: 'Delete permanently',
    no: 'Cancel',
    busy: 'Deleting…',
    failed: 'Not everything could be deleted',
    done: (gone: { calls: number; lettaAgents: number }) =>
      `Deleted: ${counted(gone.calls, 'call')}, ${counted(gone.lettaAgents, 'agent’s memory', 'agents’ memories')}.`,
    left: 'These recordings are stored elsewhere and were not deleted:',
  },
};
