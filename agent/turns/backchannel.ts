// What listeners say to show that they are listening; it asks for nothing.

/** One such word; STT spells hums in many ways. */
const WORD =
  'm+[ -]?h+m+|u+h+[ -]?h+u+h+|m+|h+m+|a+h+|o+h+|huh|uh|um|okay|ok|yeah|yep|yes|right|sure|i see|got it|alright|all right|good|great|fine|cool|nice|wow|really|of course';
const ONLY = new RegExp(`^(?:(?:${WORD})(?:\\s+|$)){1,3}$`, 'i');

/** Whether a text consists of backchannels only. */
export function isBackchannel(text: string): boolean {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z -]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain !== '' && ONLY.test(plain);
}
