// Metadata fields that agents trust. Clients can write metadata too, so agents and the web process sign these fields
// for one room, with a key that clients do not have.
import { isSame, signatureOf } from '@/lib/core/signature';
import { metadataObject } from '@/lib/dispatch/metadata';

/** The fields. Clients may set none of them, except for `CALLBACK` of `lib/livekit/attributes.ts`. */
export const SIGNED_FIELDS = ['callboard', 'callboardCaller'] as const;
type SignedField = (typeof SIGNED_FIELDS)[number];

/** The room of a dispatch, and the signing secret. */
export interface Signing {
  readonly room: string;
  /** `LIVEKIT_API_SECRET`. */
  readonly secret: string;
}

const signed = (field: SignedField, value: object, { room, secret }: Signing): string =>
  signatureOf('callboard dispatch metadata', JSON.stringify([field, room, value]), secret);

/** Adds a signed field to the metadata. Keeps other fields if the metadata is a JSON object. */
export function writeSigned(
  field: SignedField,
  value: object,
  signing: Signing,
  metadata = '',
): string {
  const signature = signed(field, value, signing);
  return JSON.stringify({ ...metadataObject(metadata), [field]: { ...value, signature } });
}

/** The value of a signed field; undefined if it is missing or was not signed for this room. */
export function readSigned(field: SignedField, metadata: string, signing: Signing): unknown {
  const all = metadataObject(metadata) as Partial<Record<SignedField, unknown>> | undefined;
  const found = all?.[field];
  if (typeof found !== 'object' || found === null) return undefined;
  const { signature, ...value } = found as Record<string, unknown>;
  return isSame(String(signature), signed(field, value, signing)) ? value : undefined;
}
