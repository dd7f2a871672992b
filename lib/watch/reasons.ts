// Why agents and people leave, as far as it matters to who watches.

/** Why an agent leaves a call that is to go on without it: its own words, or LiveKit's reasons. */
export const IN_ORDER: readonly string[] = [
  'goodbye',
  'shutdown',
  'handover',
  'handed over',
  'takeover',
  'colleague came',
  'outdone',
  'asked to leave',
  'caller left',
  'room closed',
  'PARTICIPANT_REMOVED',
  'DUPLICATE_IDENTITY',
  'MIGRATION',
  'ROOM_DELETED',
  'ROOM_CLOSED',
];
/** LiveKit's reasons for leaving after which the same person is in the room still. */
export const STAYS: readonly string[] = ['DUPLICATE_IDENTITY', 'MIGRATION'];
/** LiveKit's reason when somebody leaves by their own will. */
export const OWN_WILL = 'CLIENT_INITIATED';

/** What was seen of an agent that left, in words. */
export const LOST: Readonly<Record<string, string>> = {
  orphaned: 'its worker process had died',
  error: 'it failed',
  [OWN_WILL]: 'it left without a word',
};
