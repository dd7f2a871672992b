// Options with which Node's LiveKit client joins a room.

/**
 * Options of `connect`, including one that its type does not declare. By default the client uses one peer connection
 * for both directions. When the network connection is cut and restored, for example by a restarting proxy, one in ten
 * of those hangs for good (@livekit/rtc-ffi-bindings 0.12.73; fixed in versions that are not available for every
 * platform, https://github.com/livekit/rust-sdks/pull/1252). With two peer connections none of 120 did.
 */
export const ROOM_OPTIONS = { autoSubscribe: true, dynacast: false, singlePeerConnection: false };
