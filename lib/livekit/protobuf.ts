// Reads protobuf on the pages: https://protobuf.dev/programming-guides/encoding. protobufjs compiles its decoders with
// `eval`, and the integers of its readers are WebAssembly: the pages' Content-Security-Policy forbids both.

/** Wire types. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;
const FOUR_BYTES = 5;

/** A field: an unsigned integer, or the content of a text or of another message. */
export interface WireField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/**
 * The fields of a message in order, without those of a fixed size. Bytes that are no protobuf give fields that nobody
 * looks for, or none: it ends at the first one that it cannot read, and never throws.
 */
export function* fieldsOf(message: Uint8Array): Generator<WireField> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag % 8;
    const number = Math.floor(tag / 8);
    if (wire === VARINT) yield { number, value: varint() };
    else if (wire === EIGHT_BYTES) at += 8;
    else if (wire === FOUR_BYTES) at += 4;
    else if (wire === LENGTH) {
      const end = varint() + at;
      yield { number, value: message.subarray(at, end) };
      at = end;
    } else return;
  }
}

/** The content of a field as text. */
export const textOf = (content: Uint8Array): string => new TextDecoder().decode(content);
