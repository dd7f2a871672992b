// Rooms that the doctor creates for its checks. They are not calls: history, rules and failover use this module to
// ignore them.
import { randomBytes } from 'node:crypto';

/** Prefix of all probe rooms; tokens for rooms with this prefix are refused. */
const PREFIX = 'callboard-probe-';
/** Bytes of randomness, so that nobody can guess a room and join it. */
const RANDOM_BYTES = 16;
/** Seconds after which LiveKit closes such a room if it is not deleted: the duration of the longest probe. */
export const PROBE_TIMEOUTS = { emptyTimeout: 30, departureTimeout: 1 } as const;
/**
 * Agent name that no worker has. A room that is created with a list of agents gets none by automatic dispatch, so
 * that no agent joins a room that only tests the server.
 */
export const NOBODY = 'callboard-probe-nobody';

/** A new room name. */
export const newProbeRoom = () => `${PREFIX}${randomBytes(RANDOM_BYTES).toString('base64url')}`;

/** Whether a room was created by the doctor. */
export const isProbeRoom = (name: string): boolean => name.startsWith(PREFIX);
