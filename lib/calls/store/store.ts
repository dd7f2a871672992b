// The calls, as everyone else uses them: written by events, read as lists and timelines.
export { onCallChanged } from './call-feed';
export { closeLostCalls, hasOpenCalls } from './close-lost-calls';
export { closeDatabase as closeStore } from './database';
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
export { recordEvents } from './write-events';
