// Fields of a dispatch's metadata that an agent believes. Clients write metadata too, so what agents and the
// web process write there is signed, for one room: with a key that both have and no client does.
import { isSame, signatureOf } from '@/lib/core/signature';
import { metadataObject } from './metadata';

/** The fields. A client may set none of them, but for `CALLBACK` of `lib/livekit/attributes.ts`. */
export const SIGNED_FIELDS = ['callboard', 'callboardCaller'] as const;
type SignedField = (typeof SIGNED_FIELDS)[number];

/** The room that a dispatch is for, and what signs. */
export interface Signing {
  readonly room: string;
  /** `LIVEKIT_API_SECRET`. */
  readonly secret: string;
}

const signed = (field: SignedField, value: object, { room, secret }: Signing): string =>
  signatureOf('callboard dispatch metadata', JSON.stringify([field, room, value]), secret);

/** The metadata with a signed field in it. What else stands there stays, as far as it is an object. */
export function writeSigned(
  field: SignedField,
  value: object,
  signing: Signing,
  metadata = '',
): string {
  const signature = signed(field, value, signing);
  return JSON.stringify({ ...metadataObject(metadata), [field]: { ...value, signature } });
}

/** The value of a signed field; undefined where there is none, or it was not signed for this room. */
export function readSigned(field: SignedField, metadata: string, signing: Signing): unknown {
  const all = metadataObject(metadata) as Partial<Record<SignedField, unknown>> | undefined;
  const found = all?.[field];
  if (typeof found !== 'object' || found === null) return undefined;
  const { signature, ...value } = found as Record<string, unknown>;
  return isSame(String(signature), signed(field, value, signing)) ? value : undefined;
}
