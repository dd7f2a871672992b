// Who a caller is across calls. Telephones that withhold their number, and front ends that give everybody the same
// identity, do not identify a caller: each of their calls is that of a new caller.
import { createHash } from 'node:crypto';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

/** LiveKit's attribute with the phone number of a SIP caller: the user part of their address. */
const PHONE_ATTRIBUTE = 'sip.phoneNumber';

/** What networks send in place of a number: RFC 3323 (4.1.1.3), and the words of carriers and telephone systems. */
const WITHHELD = [
  ...['anonymous', 'restricted', 'unavailable', 'unknown', 'private', 'blocked', 'withheld'],
  ...['anonym', 'unbekannt', 'privat', 'unterdrückt'],
];

/** Words that name no person, alone or with each other: "Private Number", "sip_anonymous", "guest user". */
const NOBODY = new Set([
  ...WITHHELD,
  ...['hidden', 'unlisted', 'undisclosed', 'suppressed', 'unidentified', 'invalid', 'nobody'],
  ...['no', 'not', 'none', 'null', 'undefined', 'nan', 'default', 'sip', 'sips', 'tel', 'phone'],
  ...['caller', 'number', 'nummer', 'id', 'name', 'anrufer', 'teilnehmer', 'gast', 'kunde'],
  ...['user', 'username', 'guest', 'visitor', 'participant', 'identity', 'client', 'customer'],
  // Romance languages and Dutch.
  ...['anonyme', 'anonimo', 'anónimo', 'anônimo', 'anoniem', 'inconnu', 'masqué', 'privé'],
  ...['privado', 'privato', 'desconocido', 'desconhecido', 'oculto', 'sconosciuto', 'onbekend'],
  ...['numéro', 'numero', 'número', 'unbekannter', 'unterdrückte', 'unterdrueckt', 'geheim'],
  ...['payphone', 'privacy', 'confidential'],
  // Of examples, and of a program's mistakes.
  ...['quickstart', 'test', 'demo', 'example', 'human', 'web', 'my', 'your', 'object', 'anon'],
]);

/** LiveKit's agent-starter-react gives each call one of 10,000 identities. */
const STARTER = /^voice_assistant_user_\d{1,4}$/;

/** The keys of a telephone with these letters. */
const KEYS = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];
const keyOf = (letter: string) => 2 + KEYS.findIndex((letters) => letters.includes(letter));

/** Carriers that need digits spell a word on the keypad: +266696687 is "anonymous". */
const SPELLED = new Set(
  WITHHELD.filter((word) => /^[a-z]+$/.test(word)).map((word) => [...word].map(keyOf).join('')),
);

/** Zeros, also after a country code, or one digit over and over. */
const FILLER = /^(?:0+|\d{1,3}0{7,}|(\d)\1{6,})$/;

/** With `hide_phone_number` in its dispatch rule, LiveKit SIP hashes what it gets for an identity, a withheld number too. */
const HASHED = new Set(
  ['', ...WITHHELD, ...WITHHELD.map((word) => word[0]?.toUpperCase() + word.slice(1)), ...SPELLED]
    .flatMap((user) => [user, `+${user}`])
    .map((user) => createHash('sha256').update(user).digest('hex').slice(0, 16)),
);

/**
 * Whether an id names one person or telephone, as far as can be told from it.
 * @param phone whether it is a telephone's: a program may count its users in numbers that look like none
 */
export function identifies(id: string, phone = /^(?:sips?[:_]|[+0])/i.test(id)): boolean {
  // The host of a SIP address is the network's.
  const said = (phone ? id.replace(/(?<=.)@.*$/s, '') : id).toLowerCase();
  const words = said.match(/[\p{L}\p{N}]+/gu) ?? [];
  // An identity may be signs alone, such as an emoji, but not white space or a dash, which fill an empty field.
  if (words.length === 0) return !phone && /[^\p{C}\p{Z}\p{Pd}\s]/u.test(said);
  const bare = words.filter((word) => word !== 'sip').join('');
  if (phone && (FILLER.test(bare) || SPELLED.has(bare) || HASHED.has(bare))) return false;
  return !STARTER.test(said) && words.some((word) => !NOBODY.has(word));
}

/**
 * The id by which a returning caller is recognized: the server's id, the phone number, or the identity. Undefined if none
 * of them identifies anybody.
 */
export function callerKey(
  identity: string,
  attributes: Readonly<Record<string, string>>,
): string | undefined {
  const { [PERSON_ATTRIBUTES.caller]: known = '', [PHONE_ATTRIBUTE]: phone = '' } = attributes;
  if (identifies(known)) return known;
  return identifies(phone, true) ? phone : identifies(identity) ? identity : undefined;
}
