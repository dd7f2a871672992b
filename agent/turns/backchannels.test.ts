// What a listener says without wanting to speak, by language.
import { describe, expect, test } from 'vitest';
import { isBackchannel } from '@/agent/turns/backchannels';

const said = (language: string, text: string, seconds = 1) =>
  isBackchannel({ language, text, seconds });

const HEARD: readonly (readonly [language: string, only: string[], speech: string[]])[] = [
  [
    'en',
    ['Mm-hm.', 'Mhm', 'Hmm.', 'Uh-huh', 'Yeah.', 'Okay, yeah.', 'Right, right.', 'I see. Okay.'],
    ['Stop.', 'Wait.', 'No.', 'Sorry.', 'Okay, stop.', 'Yes, on Friday.', 'Hello?', ''],
  ],
  [
    'de-AT',
    ['Mhm.', 'Ja.', 'Ja, genau.', 'Ach so!', 'Alles klar.', 'Äh', 'Natürlich. Gut.'],
    ['Nein.', 'Stopp!', 'Moment.', 'Ja, am Freitag.', 'Ja aber', 'Warten Sie.', 'Hallo?'],
  ],
  [
    'es-MX',
    ['Ajá.', 'Sí, sí.', 'Vale.', 'Claro que sí.', 'Ya veo.', 'Muy bien.'],
    ['No.', 'Espera.', 'Sí, el viernes.', 'Perdón.', '¿Hola?', 'Pero'],
  ],
  [
    'fr',
    ['Hum.', 'Oui.', 'D’accord.', "D'accord, oui.", 'Ah bon ?', 'Très bien.', 'Voilà.'],
    ['Non.', 'Attendez.', 'Oui, vendredi.', 'Pardon ?', 'Allô ?', 'Mais'],
  ],
  [
    'pt-BR',
    ['Uhum.', 'Tá bom.', 'Sim.', 'Certo, certo.', 'Entendi.', 'Pois é.'],
    ['Não.', 'Espera.', 'Sim, na sexta.', 'Desculpa.', 'Alô?', 'Mas'],
  ],
  [
    'it',
    ['Mm.', 'Sì.', 'Va bene.', 'Ho capito.', "D'accordo.", 'Sì, esatto.'],
    ['No.', 'Aspetti.', 'Sì, venerdì.', 'Scusi.', 'Pronto?', 'Ma'],
  ],
  [
    'nl',
    ['Hm.', 'Ja.', 'Ja, precies.', 'Oké.', 'Ik snap het.', 'Klopt.'],
    ['Nee.', 'Wacht even.', 'Ja, op vrijdag.', 'Sorry.', 'Hallo?', 'Maar'],
  ],
  [
    'hi',
    ['हाँ', 'जी हाँ।', 'अच्छा', 'ठीक है।', 'Accha.', 'हम्म'],
    ['नहीं', 'रुकिए', 'हाँ, शुक्रवार को।', 'माफ़ कीजिए', 'लेकिन'],
  ],
  [
    'ja',
    [
      'はい。',
      'うん、うん。',
      'なるほど。',
      'そうですか。',
      'へえー、'.replace('ー、', ''),
      'はい、わかりました。',
    ],
    ['いいえ', '待ってください。', 'はい、金曜日です。', 'すみません', 'もしもし'],
  ],
];

describe.each(HEARD)('%s', (language, only, speech) => {
  test.each(only)('"%s" is only heard', (text) => expect(said(language, text)).toBe(true));
  test.each(speech)('"%s" is speech', (text) => expect(said(language, text)).toBe(false));
});

test('in other languages, one short word is only heard', () => {
  for (const language of ['pl', 'multi', '']) {
    expect(said(language, 'Tak.', 0.4)).toBe(true);
    expect(said(language, 'Tak.', 0.9)).toBe(false);
    expect(said(language, 'Tak, tak.', 0.4)).toBe(false);
    // The recognizer does not say how long it was.
    expect(said(language, 'Tak.', 0)).toBe(false);
  }
});
