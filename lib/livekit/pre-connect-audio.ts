// The contract between worker and page for pre-connect audio: the page buffers what is said before the agent joins,
// and LiveKit's client sends it. Once the agent receives live audio, it tells the page to stop buffering.

/** Topic of the empty message with which an agent tells the caller's page that it receives live audio. */
export const LIVE_AUDIO_TOPIC = 'callboard.heard';
