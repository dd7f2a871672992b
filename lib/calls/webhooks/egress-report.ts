// Converts LiveKit's egress updates to events of a call. Pure.
import { type EgressInfo, EgressStatus } from 'livekit-server-sdk';
import { recordingErrors } from '@/lib/messages/errors';
import { RECORDING_CHANNELS } from '@/lib/recordings/recording';
import type { Happening } from '../event';

/** What an egress update means for a call. */
export interface EgressReport {
  /** Id of the event, the same in every update that reports it. */
  readonly id: string;
  readonly room: { readonly name: string; readonly sid: string };
  /** When it happened, milliseconds since 1970; undefined if LiveKit does not say. */
  readonly at: number | undefined;
  readonly what: Happening;
}

/** Converts LiveKit's nanoseconds; 0 means not yet. */
const ms = (nanoseconds = 0n) => Number(nanoseconds / 1_000_000n) || undefined;

/** Folder and name, which we chose; before them is Egress's folder, or a prefix in its bucket. */
const fileOf = (path: string) => path.split(/[\\/]/).slice(-2).join('/');

/** The state of an egress. */
function happening(info: EgressInfo): Pick<EgressReport, 'at' | 'what'> | undefined {
  const { status, request, egressId: egress } = info;
  const [result] = info.fileResults;
  const asked = request.case === 'roomComposite' ? request.value.fileOutputs[0] : undefined;
  const path = result?.filename || asked?.filepath;
  // A stream to another destination is not a recording.
  if (!path) return undefined;
  const startedAt = ms(result?.startedAt) ?? ms(info.startedAt);
  const channels = RECORDING_CHANNELS;
  const recording = { kind: 'recording', file: fileOf(path), channels, egress } as const;
  switch (status) {
    case EgressStatus.EGRESS_ACTIVE:
      return startedAt === undefined
        ? undefined
        : { at: startedAt, what: { ...recording, startedAt } };
    case EgressStatus.EGRESS_COMPLETE:
    case EgressStatus.EGRESS_LIMIT_REACHED: {
      if (startedAt === undefined) return undefined;
      const lasted = ms(result?.duration);
      const told = ms(result?.endedAt) ?? ms(info.endedAt) ?? startedAt;
      const endedAt = lasted === undefined ? told : startedAt + lasted;
      const location = result?.location || undefined;
      return { at: endedAt, what: { ...recording, startedAt, endedAt, location } };
    }
    case EgressStatus.EGRESS_FAILED:
    case EgressStatus.EGRESS_ABORTED: {
      const message = recordingErrors.egressFailed(info.error);
      return { at: ms(info.endedAt), what: { kind: 'error', where: 'recording', message } };
    }
    default:
      // Starting or ending: not shown on a call's page.
      return undefined;
  }
}

/** Reads an update; undefined if it means nothing to a call. */
export function egressReport(info: EgressInfo): EgressReport | undefined {
  const { egressId, status, roomName: name, roomId: sid } = info;
  const came = happening(info);
  if (!came || !name || !sid) return undefined;
  const id = `${egressId}-${status === EgressStatus.EGRESS_ACTIVE ? 'begun' : 'over'}`;
  return { id, room: { name, sid }, ...came };
}
