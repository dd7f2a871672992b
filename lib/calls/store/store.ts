// The public interface of the call store: written by events, read as lists and timelines.

export { onCallChanged } from '@/lib/calls/store/call-feed';
export { closeLostCalls, hasOpenCalls } from '@/lib/calls/store/close-lost-calls';
export { deleteCall } from '@/lib/calls/store/delete-calls';
export {
  type CallFilter,
  isOfAccount,
  leftBy,
  listCalls,
  neighbours,
  readTimeline,
} from '@/lib/calls/store/read-calls';
export { agentStats } from '@/lib/calls/store/read-stats';
export { storeEvents } from '@/lib/calls/store/write-events';
export { closeDatabase as closeStore } from '@/lib/db/database';
