// A passkey in software: what a browser sends for a new one and to sign in (WebAuthn Level 2, without attestation).
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const encoded = (bytes: Buffer) => bytes.toString('base64url');
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

/** A CBOR byte string of up to 255 bytes. */
const bytes = (data: Buffer) => Buffer.concat([Buffer.from([0x58, data.length]), data]);
/** A CBOR text of up to 23 bytes. */
const text = (word: string) =>
  Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);

/** Flags: the user is present and verified, and the data contains the key. */
const PRESENT = 0x05;
const WITH_KEY = 0x40;

/** A passkey of the site `origin`. */
export function softwarePasskey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  const site = sha256(new URL(origin).hostname);
  const about = (flags: number) => Buffer.concat([site, Buffer.from([flags, 0, 0, 0, 0])]);
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const shown = {
    ...{ id: encoded(id), rawId: encoded(id), type: 'public-key' },
    authenticatorAttachment: 'platform',
  };
  return {
    /** The response to the options of a registration. */
    register({ challenge }: { readonly challenge: string }) {
      // COSE: EC2, ES256, P-256, and the point.
      const key = Buffer.concat([
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
        bytes(Buffer.from(x, 'base64url')),
        Buffer.from([0x22]),
        bytes(Buffer.from(y, 'base64url')),
      ]);
      const authenticatorData = Buffer.concat([
        about(PRESENT | WITH_KEY),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        key,
      ]);
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])],
        ...[text('authData'), bytes(authenticatorData)],
      ]);
      return {
        ...shown,
        response: {
          attestationObject: encoded(attestationObject),
          clientDataJSON: encoded(clientData('webauthn.create', challenge)),
          transports: ['internal', 'hybrid'],
          publicKeyAlgorithm: -7,
          publicKey: encoded(publicKey.export({ format: 'der', type: 'spki' })),
          authenticatorData: encoded(authenticatorData),
        },
      };
    },
    /** The response to the options of a sign-in. */
    signIn({ challenge }: { readonly challenge: string }) {
      const client = clientData('webauthn.get', challenge);
      const authenticatorData = about(PRESENT);
      const signed = Buffer.concat([authenticatorData, sha256(client)]);
      return {
        ...shown,
        response: {
          authenticatorData: encoded(authenticatorData),
          clientDataJSON: encoded(client),
          signature: encoded(sign('sha256', signed, privateKey)),
          userHandle: encoded(randomBytes(32)),
        },
      };
    },
  };
}
