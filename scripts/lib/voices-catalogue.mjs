// Neural voices and recognisers that `npm run voices -- add` can get: from the releases of sherpa-onnx,
// whose archives bring a model with all that the engine needs. Sizes and hashes are those that the
// releases publish; an archive that differs is not used.

/** Where the archives are; VOICES_RELEASES_URL names a mirror. */
export const RELEASES = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

/** What a model does. */
export const SPEAKS = 'speaks';
export const HEARS = 'hears';

/** A Piper voice: one speaker, three files. */
const piper = (model) => ({
  vits: { model: `${model}.onnx`, tokens: 'tokens.txt', dataDir: 'espeak-ng-data' },
});

/**
 * `files` is what the engine is told, by its own names, paths within the archive's folder. `voices`
 * are a model's speakers by number. `insteadOf` names who speaks for a built-in voice, so that each
 * agent keeps a voice of its own; without it the first voice speaks for all.
 */
export const CATALOGUE = [
  {
    name: 'kokoro',
    does: SPEAKS,
    about: 'eleven voices, American and British; wants a fast machine',
    languages: ['en'],
    licence: 'Apache-2.0',
    archive: 'tts-models/kokoro-int8-en-v0_19.tar.bz2',
    bytes: 103_248_205,
    unpacked: 158_000_000,
    sha256: 'c9f0dd393615805b0bab050c340834d5e684e732aec91c0e860cd30e982c08bd',
    files: {
      kokoro: {
        model: 'model.int8.onnx',
        voices: 'voices.bin',
        tokens: 'tokens.txt',
        dataDir: 'espeak-ng-data',
      },
    },
    voices: {
      af: 0,
      af_bella: 1,
      af_nicole: 2,
      af_sarah: 3,
      af_sky: 4,
      am_adam: 5,
      am_michael: 6,
      bf_emma: 7,
      bf_isabella: 8,
      bm_george: 9,
      bm_lewis: 10,
    },
    insteadOf: { slt: 'af_sarah', rms: 'am_michael', awb: 'bm_george', kal16: 'am_adam' },
  },
  {
    name: 'piper-ljspeech',
    does: SPEAKS,
    about: 'a woman, American',
    languages: ['en'],
    licence: 'public domain',
    archive: 'tts-models/vits-piper-en_US-ljspeech-medium.tar.bz2',
    bytes: 67_169_893,
    unpacked: 82_000_000,
    sha256: '3dfb4b759d8be032a4903a9538d128b0fda2a06ab1de6cbc2d93a97e2dd83dba',
    files: piper('en_US-ljspeech-medium'),
    voices: { ljspeech: 0 },
  },
  {
    name: 'piper-cori',
    does: SPEAKS,
    about: 'a woman, British',
    languages: ['en'],
    licence: 'public domain',
    archive: 'tts-models/vits-piper-en_GB-cori-medium.tar.bz2',
    bytes: 67_257_412,
    unpacked: 82_000_000,
    sha256: '49c9a5361bbdd95d7ca9687c4de11e5908481f65e7c7c368960df79949fdac2b',
    files: piper('en_GB-cori-medium'),
    voices: { cori: 0 },
  },
  {
    name: 'piper-norman',
    does: SPEAKS,
    about: 'a man, American',
    languages: ['en'],
    licence: 'public domain',
    archive: 'tts-models/vits-piper-en_US-norman-medium.tar.bz2',
    bytes: 67_203_672,
    unpacked: 82_000_000,
    sha256: '1f32065d480abe9abc7c7f91442125d0b34c1cc065d1e600466cac408eabf3b8',
    files: piper('en_US-norman-medium'),
    voices: { norman: 0 },
  },
  {
    name: 'piper-thorsten',
    does: SPEAKS,
    about: 'a man, German',
    languages: ['de'],
    licence: 'CC0-1.0',
    archive: 'tts-models/vits-piper-de_DE-thorsten-medium.tar.bz2',
    bytes: 67_214_254,
    unpacked: 82_000_000,
    sha256: '50487d9c95fdf2191f31d2588569381063ba1591dcd4c7d4bdd30f12b2191714',
    files: piper('de_DE-thorsten-medium'),
    voices: { thorsten: 0 },
  },
  {
    name: 'moonshine-base',
    does: HEARS,
    about: 'the larger sister of the built-in one',
    languages: ['en'],
    licence: 'MIT',
    archive: 'asr-models/sherpa-onnx-moonshine-base-en-int8.tar.bz2',
    bytes: 250_807_309,
    unpacked: 290_000_000,
    sha256: '21870cecaa2e44e4e2bf63e02d1072bed183ccd10284871353bd9d24dad14e5e',
    files: {
      moonshine: {
        preprocessor: 'preprocess.onnx',
        encoder: 'encode.int8.onnx',
        uncachedDecoder: 'uncached_decode.int8.onnx',
        cachedDecoder: 'cached_decode.int8.onnx',
      },
      tokens: 'tokens.txt',
    },
  },
  {
    name: 'whisper-base-en',
    does: HEARS,
    about: "OpenAI's Whisper, its second size",
    languages: ['en'],
    licence: 'MIT',
    archive: 'asr-models/sherpa-onnx-whisper-base.en.tar.bz2',
    bytes: 208_576_005,
    unpacked: 460_000_000,
    sha256: '475bc7052ce299c007f6d5d5407ba8601f819a2867f6eecee510ed17df581542',
    files: {
      whisper: { encoder: 'base.en-encoder.int8.onnx', decoder: 'base.en-decoder.int8.onnx' },
      tokens: 'base.en-tokens.txt',
    },
  },
  {
    name: 'parakeet',
    does: HEARS,
    about: '600 million parameters; wants a fast machine with memory to spare',
    languages: 'en bg hr cs da nl et fi fr de el hu it lv lt mt pl pt ro ru sk sl es sv uk'.split(
      ' ',
    ),
    licence: 'CC-BY-4.0',
    archive: 'asr-models/sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8.tar.bz2',
    bytes: 487_170_055,
    unpacked: 680_000_000,
    sha256: '5793d0fd397c5778d2cf2126994d58e9d56b1be7c04d13c7a15bb1b4eafb16bf',
    files: {
      transducer: {
        encoder: 'encoder.int8.onnx',
        decoder: 'decoder.int8.onnx',
        joiner: 'joiner.int8.onnx',
      },
      tokens: 'tokens.txt',
      modelType: 'nemo_transducer',
    },
  },
];

/** Paths within the archive's folder that the engine will open. */
export function filesOf({ files }) {
  const paths = Object.entries(files).flatMap(([key, value]) => {
    if (typeof value === 'object') return Object.values(value);
    return key === 'modelType' ? [] : [value];
  });
  return [...new Set(paths)];
}
