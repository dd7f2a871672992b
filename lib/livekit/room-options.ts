// How Node's LiveKit client joins a room.

/**
 * Options of `connect`, with one that its type does not name: by default the client has one peer connection for
 * both directions, and of ten whose line is cut and taken up again, as by a proxy that is started again, one
 * stands still for good (@livekit/rtc-ffi-bindings 0.12.73; mended in versions that are not there for every
 * platform, https://github.com/livekit/rust-sdks/pull/1252). With two of them none of 120 did.
 */
export const ROOM_OPTIONS = { autoSubscribe: true, dynacast: false, singlePeerConnection: false };
