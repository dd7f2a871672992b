// The public interface of the call store: written by events, read as lists and timelines.

export { closeDatabase as closeStore } from '@/lib/db/database';
export { onCallChanged } from './call-feed';
export { closeLostCalls, hasOpenCalls } from './close-lost-calls';
export { deleteCall } from './delete-calls';
export {
  type CallFilter,
  isOfAccount,
  leftBy,
  listCalls,
  neighbours,
  readTimeline,
} from './read-calls';
export { agentStats } from './read-stats';
export { storeEvents } from './write-events';
