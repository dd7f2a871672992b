// What an English sentence so far still lacks, by the kinds and places of its words. All texts here are in lower case,
// without punctuation, with single spaces.

const oneOf = (words: string) => `(?:${words.trim().split(/\s+/).join('|')})`;
const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const PRONOUN = oneOf('i we he she they you it');
const ARTICLE = oneOf('the a an my your our their');
const BE = oneOf('is are was were am');
const DO = oneOf("do does did don't doesn't didn't");
const MODAL = oneOf('can could will would should may might must shall');
const AUXILIARY = `(?:${BE}|${DO}|${MODAL}|have|has|had|\\w+n't|cannot)`;
const QUESTION_WORD = oneOf(
  'what which who whom whose when where why how whatever whichever whoever wherever',
);
const NEGATED = /\b(?:not|never|no|nobody|nothing|cannot|\w+n't)\b/;

const INTERJECTION = `(?:${oneOf(
  'and so hi hello hey okay ok well sorry yes yeah yep no nope please but oh ah um uh er hmm right sure thanks actually',
)}|excuse me|good (?:morning|afternoon|evening)|thank you)`;
const INTERJECTIONS = new RegExp(`^(?:(?:${INTERJECTION}|let me (?:see|think)) )+`);

/** A sentence without greetings and interjections before it. */
export const coreOf = (text: string): string => text.replace(INTERJECTIONS, '');

// The caller thinks.

const FILLER = / (?:um|uh|uhm|er|erm|eh|hm+|mm+)$/;
const MOMENT = oneOf('moment moments second seconds minute minutes sec secs tick');
/** The caller's own waiting and holding: "I can wait", "how long do I have to wait", "the wait". */
const WAITS = new RegExp(
  ` (?:to|the|a|an|long|short|any|my|your|this|there is no|rather|(?:i|we|they|he|she|it|people)(?:'ll|'d|'ve)?(?: (?:don't mind|${AUXILIARY}))?(?: (?:just|only|not))?|${MODAL} not|\\w+n't|cannot) (?:wait|hold on|hang on|hold)$`,
);
/** A time that something takes: "it froze for a second", "it takes a minute". */
const LASTS = new RegExp(
  ` ${oneOf('for in within about around every after before last lasts lasted take takes took taken have has had spare than per by only')} ${oneOf('a an one another two')} ${MOMENT}$`,
);
const THINKING = [
  new RegExp(` (?:one|a|another|just a|two)(?: more| quick)? ${MOMENT}$`),
  / (?:wait|hold on|hang on)$/,
  new RegExp(
    ` (?:wait|hold on|hang on|hold|give me|bear with me)(?: for)? (?:a|one|just a|just one)(?: quick)? ${MOMENT}$`,
  ),
  / bear with me$/,
  // What they will do in silence: "let me check my calendar".
  new RegExp(
    ` (?:let me|lemme|let's|i'll|i will|i have to|i must)(?: (?:just|quickly|first))* (?:check|look|find|get|grab|say|remember|count|open|see|think|have a look)(?: ${oneOf('for in at on with through')})?(?: ${oneOf('it that this up again here now out one my the a our')}(?: \\w+){0,2})?$`,
  ),
  new RegExp(
    ` let me(?: just| quickly)? (?!${oneOf('know in out off through go speak talk have see pay cancel change move book order return keep try')}\\b)\\w+(?: it| that| this)?(?: up| out| here| again)?$`,
  ),
  // Questions to themselves.
  / how (?:do|should|can|shall) i (?:say|put|explain|describe)(?: it| this| that)?$/,
  / what(?:'s| is| was) (?:(?:it|that|the name) (?:called|again)|the word)$/,
  / where (?:did i put|do i have) (?:it|that)$/,
  / i was (?:just )?(?:wondering|hoping|thinking)$/,
  /^ (?:as|like) (?:i|we|you) (?:said|say|mentioned|know)$/,
  / (?:how|what) about$/,
];
const SOFTENER = / i (?:think|guess|suppose|believe)$/;
const OPINION = / (?:i (?:think|guess|suppose|believe|mean)|you know)$/;
/** "do you know", "that's what I mean". */
const MEANT =
  / (?:do|did|let|as|if|don't|would|should|can't|what|which|when|where|who|how|why|than|like) (?:i (?:think|guess|suppose|believe|mean)|you know)$/;

/** Whether a sentence ends with words that gain time to think. */
export function hesitates(sentence: string): boolean {
  const text = ` ${sentence.replace(/ please$/, '')}`;
  const core = ` ${coreOf(sentence.replace(/ please$/, ''))}`;
  if (FILLER.test(text)) return true;
  if (THINKING.some((pattern) => pattern.test(core))) {
    const asksAgent = / (?:wait|hold|hang on|hold on)(?: for)? (?:a|one|just) /.exec(core);
    if (asksAgent) return !WAITS.test(`${core.slice(0, asksAgent.index)} wait`);
    return !WAITS.test(core) && !LASTS.test(core);
  }
  if (OPINION.test(core)) {
    // After a whole sentence they only soften it: "it was on Tuesday, I think".
    const softens = SOFTENER.test(core) && isWhole(core.replace(SOFTENER, '').trim());
    return !MEANT.test(core) && !softens;
  }
  return new RegExp(`^(?:${INTERJECTION} )*(?:well|so|but|and|just)$`).test(sentence);
}

// Words that need something after them.

/** What fills the place of a missing object: "who", "the one I", "someone to". */
const FILLED = new RegExp(
  [
    ` ${oneOf('what which who whom where whatever whichever whoever')}(?:'s|'re)? .*`,
    `(?: (?:the|a|an|my|your|any|no|that|this|some)(?: \\w+){1,3}| (?:some|any|every)(?:one|body|thing)| no one| nobody| nothing| all| everything)(?: that| which| who)? ${PRONOUN}(?:'(?:m|re|ve|d|ll|s))?(?: .*)?`,
    `(?: (?:some|any|every)(?:one|body|thing)| no one| nobody| nothing| (?:a|any|the|enough) \\w+) to \\w+(?: \\w+)?`,
  ]
    .map((way) => `(?:${way})$`)
    .join('|'),
);
/** A noun in that place: in "what is the price of", nothing before fills it. */
const OBJECT = new RegExp(` ${ARTICLE}(?: (?!${PRONOUN}\\b)\\w+){1,2}$`);
/** Not the noun that asks in "what did the doctor say". */
const ASKED = new RegExp(` (?:${DO}|${MODAL}|have|has|had) ${ARTICLE} \\w+$`);
const isFilled = (before: string) =>
  FILLED.test(before) && (!OBJECT.test(before) || ASKED.test(before));
const isFilledOrCounted = (before: string) =>
  isFilled(before) || / how (?:much|many|long|often|far) .+/.test(before);

/** Particles that end a verb: "check in", "turn it on", "put me through". */
const PARTICLE = new RegExp(
  [
    ` ${oneOf('log sign check go get stay walk break join plug call drop move hand send fill')}(?:s|ed|ged|ped|ing|ging)? in| went in| broke in| kept? in`,
    ` ${oneOf('go went log sign move carry keep kept come came turn switch')}(?:s|ed|ged|ing|ging)? on`,
    ` ${oneOf('go went come came drop stop pass swing')}(?:s|ped|ed|ing|ping)? by`,
    ` ${oneOf('turn look walk shop go drive ask')}(?:s|ed|ped|ing|ping)? around`,
    ` ${oneOf('turn switch put try tried let leave left keep plug hand bring send fill log show get')}(?:s|ed|ing|ged|ched)? (?:it|them|me|this|that|him|her|us) (?:in|on|around)`,
    ' (?:i|we|you|he|she|to|please|\\w+one) (?:come|came|coming) in| (?:me|us|him|her|them) in',
    ` ${BE} (?:he|she|they|it|\\w+one|\\w+body|(?:the|my|doctor|dr|mr|mrs) \\w+) in`,
    ' (?:day|week|month|year|night|morning) (?:before|after)| (?:soon|shortly) after',
    " (?:as|like|ever|never|been|done) before| (?:have|has|had|never|\\w+'ve)(?: \\w+){1,4} before",
    ' (?:later|early) on',
  ]
    .map((way) => `(?:${way})$`)
    .join('|'),
);
/** "It was found": nothing is missing after a passive. */
const PASSIVE = ` (?:${BE}|be|been|being|get|got)(?: not| already| never| just)? (?:sent|received|found|ordered|bought|taken|used|put)$`;
/** "If you like", "whatever you need". */
const AS_THEY_LIKE = new RegExp(
  ` (?:if|as|when|whatever|whichever|whenever|like|than) ${PRONOUN}(?: \\w+)? \\w+$`,
);

interface Needy {
  /** Last words that need something after them. */
  readonly words: ReadonlySet<string>;
  /** Only after these words; texts here begin with a space. */
  readonly when?: RegExp;
  /** Unless the text ends like this. */
  readonly unless?: RegExp;
  /** Unless what is missing stands before. */
  readonly filled?: (before: string) => boolean;
  /** A question mark shows that nothing is missing. */
  readonly askable?: boolean;
}

const NEEDY: readonly Needy[] = [
  {
    words:
      setOf(`the a an my your our their its mr mrs ms dr and or nor because if whether unless than as although
      including regarding concerning very just maybe perhaps quite almost nearly even probably basically into onto upon
      per i'd i'll i've i'm we'd we'll we've we're they're they've they'll you're you've you'll it's it'll that's there's
      he'll she'll who's what's where's every whose while past`),
  },
  { words: setOf('but'), unless: / anything but$/ },
  { words: setOf('really'), unless: / not really$/ },
  { words: setOf('cause'), unless: / (?:the|a|my) cause$/ },
  { words: setOf('each same next other'), unless: / (?:be|am|are|is|\w+'(?:m|s|re)) next$/ },
  {
    words: setOf('so'),
    unless: / (?:think|hope|believe|guess|afraid|said|say|told me|do|did|or|if|why|not|even) so$/,
  },
  {
    words: setOf('i we he she they'),
    unless: new RegExp(` (?:so|neither|who|where|what|how) ${AUXILIARY} \\w+$`),
  },
  { words: setOf('his'), unless: / (?:is|was|it's|that's|not) his$/ },
  {
    words: setOf('her'),
    unless:
      / (?:call|tell|ask|see|reach|know|help|give|gave|told|called|asked|let|saw|text|met|to|with) her$/,
  },
  {
    words: setOf('you it'),
    when: / (?:told (?:me|him|her|us|them)|said|hope|if|whether|because|until|unless|that|where) (?:you|it)$/,
    unless: / (?:who|what|when|why) .*$/,
  },
  {
    // What to make it is missing.
    words: setOf('it'),
    when: / (?:make|put|set) it$/,
    unless: new RegExp(` (?:(?:i|we|he|she|they)(?: ${MODAL})?|${NEGATED.source}|to) make it$`),
  },
  {
    // It opens a clause after verbs of saying and thinking.
    words: setOf('that'),
    when: / (?:(?:tell|tells|told|show|shows) (?:me|him|her|us|them|you|(?:the|my|your) \w+|doctor|dr \w+)|say|says|said|tell|told|know|hope|think|thought|mean|glad|happy|sorry|worried|aware|believe|suppose|noticed|understand|heard|see|is|was|out) that$/,
    unless: new RegExp(`^ (?:${QUESTION_WORD}|${AUXILIARY}) |${NEGATED.source}.* that$`),
  },
  {
    words: setOf('that'),
    when: / (?:true|possible|sure|certain|likely|so|such|fact|seems|appears|just|means|shows|afraid) that$/,
  },
  {
    words: setOf('like'),
    unless: new RegExp(`${AS_THEY_LIKE.source}| (?:what|how) .* like$`),
  },
  {
    words: setOf('to'),
    unless: / (?:don't|didn't|doesn't|not|never|if you) (?:want |have |need |able )?to$/,
    filled: (before) =>
      / (?:talk|speak|listen|spoke|send|sent|writ|wrote|go|went|belong|refer|connect|transfer|reply|deliver|allergic|get)\w*(?: it| them| this)?$/.test(
        before,
      ) && isFilled(before.replace(/ (?:it|them|this)$/, '')),
  },
  {
    words: setOf('of'),
    unless:
      / (?:what|which|who|that) .* (?:made|think|thinking|speak|afraid|aware|heard|know|sure) of$/,
  },
  {
    words:
      setOf(`for with from at in on by about between near around until till against without under before after
      during since towards toward behind beside within`),
    unless: PARTICLE,
    filled: isFilled,
    askable: true,
  },
  {
    // To whom, but not yet what.
    words: setOf('me him us them you'),
    when: / (?:let|tell|tells|told|give|gives|gave|send|sends|sent|show|shows|showed|bring|brought) \w+$/,
    unless: new RegExp(` (?:${NEGATED.source}|already|just) (?:\\w+ )?\\w+$`),
    filled: isFilled,
  },
  {
    words: setOf('bigger smaller larger better cheaper longer shorter newer older'),
    when: / (?:a|any) \w+$/,
    unless: / any longer$/,
  },
  { words: setOf('called named'), when: / (?:a|an)(?: \w+)? \w+ \w+$/ },
  {
    words: setOf('new'),
    when: / (?:need|needs|want|have|get|buy|for|with|of|some|any|brand|something) new$/,
    unless: / (?:something|brand) new$/,
  },
  {
    words: setOf('much many long often far old'),
    when: / how \w+$/,
    askable: true,
  },
  {
    // Adverbs right after a subject stand before their verb.
    words: setOf('still already never always also only usually currently often ever'),
    when: new RegExp(` (?:${PRONOUN}(?:'(?:m|s|re|ve|d|ll))?|not) \\w+$`),
  },
  { words: setOf('no'), when: / (?:is|are|was|were|have|has|had|got|with|there's|it's) no$/ },
  { words: setOf('any some another') },
  {
    words: setOf('know'),
    when: / (?:do|did|would) you know$/,
    unless: new RegExp(`^ ${QUESTION_WORD} `),
  },
  {
    words: setOf('what which when where who why how whom'),
    unless: new RegExp(
      ` (?:${NEGATED.source}) .*(?:know|sure|remember|say|idea|understand|matter) \\w+$`,
    ),
    askable: true,
  },
  {
    words: setOf('second third'),
    when: / (?:a|my|your|our|his|her|their) (?:second|third)$/,
    unless: / (?:for|in|within|about|every|took|takes|take|lasts|lasted) a second$/,
  },
  {
    words: setOf(
      'is are was were am be been being do does did can could will would should may might must shall have has had',
    ),
    unless: new RegExp(
      [
        // "what time it is", "I don't know who they are"
        ` (?:${QUESTION_WORD})(?: (?!do|does|did|is|are)\\w+){0,2} (?:${PRONOUN}|that|this|there|${ARTICLE} \\w+) \\w+$`,
        // "than I could", "I think it is"
        ` (?:than|as|if) (?:${PRONOUN}|that|there) \\w+$`,
        ` (?:think|hope|believe|guess|suppose|sure|afraid) (?:${PRONOUN}|that|there) (?:${DO}|${MODAL}|have|has|had)$`,
        ` (?:here|there) ${PRONOUN} ${BE}$`,
        ' (?:how|where|ever|never)(?: .*)? been$',
        ' (?:in|of|by|until|since|next|last) may$',
        // "what did you say your name was"
        `^ ${QUESTION_WORD} (?:${DO}|${MODAL}) .* (?:${PRONOUN}|${ARTICLE} \\w+) ${BE}$`,
        ` ${QUESTION_WORD}(?: .*)? (?:be|to (?:do|have))$`,
        ` (?:nothing|something|anything|everything|all|what|which|much|many|else)(?: .*)? ${PRONOUN} (?:do|did|does|have|has|had)$`,
      ]
        .map((way) => `(?:${way})`)
        .join('|'),
    ),
  },
  {
    words:
      setOf(`want wants wanted need needs needed prefer prefers rather having get gets getting make makes making take
      takes took buy bought buying find found finding bring brought sent sending receive received say says said saying
      mean means tell tells told become gives gave put puts includes keep keeps seem seems book ordered ordering owe use
      using trying looks feels sounds wonder wondered wondering hoping appreciate afraid`),
    unless: new RegExp(
      ` (?:the|a|an|my|your|no|fully|good) \\w+$|${AS_THEY_LIKE.source}|(?:${NEGATED.source})(?: to)? (?:say|tell)$|${PASSIVE}`,
    ),
    filled: isFilledOrCounted,
  },
];

const QUESTION_SUBJECT = `(?:${PRONOUN}|there|${ARTICLE} \\w+)`;
/** A question that has only its subject yet: "do you", "is there", "why does it", "when does the shop". */
const SUBJECT_ONLY = new RegExp(
  `^(?:${QUESTION_WORD}(?: \\w+)? )?${AUXILIARY} ${QUESTION_SUBJECT}$`,
);
/** "Where are you" is whole. */
const ASKS_BE = new RegExp(`^(?!why)${QUESTION_WORD}(?: \\w+)? ${BE} (?!there)`);

/** The subject of a clause that has no verb yet: "I think the cable". */
const BEGUN_CLAUSE = new RegExp(
  ` (?:think|hope|guess|believe|suppose|if|whether|because|when|while) ${ARTICLE} (?!same|other)\\w+$`,
);

/** Whether a sentence cannot end here. @param marked whether it has a question mark */
export function isCutOff(core: string, marked: boolean): boolean {
  const asked = core.replace(/ please$/, '');
  if (SUBJECT_ONLY.test(asked) && !ASKS_BE.test(asked)) return true;
  const text = ` ${asked}`;
  if (BEGUN_CLAUSE.test(text)) return true;
  const at = text.lastIndexOf(' ');
  const last = text.slice(at + 1);
  const asks =
    marked &&
    /^(?:what|which|who|where)\b|^(?:(?:since|for|until|like|from|by|to|how) )?\w+$/.test(core);
  return NEEDY.some(
    ({ words, when, unless, filled, askable }) =>
      words.has(last) &&
      (when?.test(text) ?? true) &&
      !unless?.test(text) &&
      !filled?.(text.slice(0, at)) &&
      !(askable && asks),
  );
}

// Clauses.

const PAST =
  oneOf(`went came fell broke took got lost left sent paid bought sold said told gave made put cut hurt hit let
  kept felt heard knew saw found ran rang slept spoke stood stopped threw thought tore woke wore won wrote began became
  burnt caught chose drank drew drove ate flew forgot froze grew held lent lay met rose shook shut shrank stuck stole
  swore understood burst bit`);
/** A verb and its subject, or a form that only verbs have. */
const FINITE = new RegExp(
  `\\b(?:${AUXILIARY}|(?:${PRONOUN}|there|that|this|\\w+(?:one|body)|nothing|everything|who|what)(?:'\\w+)? [\\w']+|(?:it|that|there|here|he|she|what|who|where|how|nothing|everything|name)'s|${PAST}|\\w{2,}[^e]ed)\\b`,
);
/** "The app crashes every time": an s before more words, or at the end of a short sentence with its subject. */
const PRESENT = new RegExp(
  `^(?:(?:the|my|your|our|his|her|their|this|that|one|every) )?(?:\\w+ ){1,2}?(?:\\w{2,}[^\\Ws]s (?:\\w+ )*\\w+|${oneOf('hurts works leaks stops rings sticks smells itches helps fits starts beeps')})$`,
);
const COMMAND = new RegExp(
  `^(?:(?:please|just|don't|never) )*${oneOf(`sounds looks works seems cancel book send call tell give put take stop let make change move transfer
  connect show try check help leave remove update repeat ring come go ask forget ignore keep read fix delete speak turn
  charge add bring explain describe confirm say use write phone email text refund replace open close pick deliver sign
  unlock reset restart`)}\\b`,
);

/** Whether there is a verb with its subject, or one that needs none: a command, "sounds good". */
export const hasClause = (core: string): boolean =>
  FINITE.test(core) || COMMAND.test(core) || PRESENT.test(core);

const SECONDARY = new RegExp(
  `^(?:if|whenever|after|before|once|while|unless|although|though|since|as soon as|as long as|(?:every|each|the (?:first|last)) time|until|when(?! ${AUXILIARY}\\b)) `,
);
const SUBJECT = new RegExp(
  [
    "(?:i|we|he|she|they)(?:'\\w+)?",
    "you(?:'\\w+)?(?= \\w)",
    "(?:it|that|there)'s",
    'nothing|nobody|\\w+one|everything',
    `(?:it|that|this|there) (?:${AUXILIARY}|${PAST}|\\w+(?:ed|[^us]s))`,
    `(?:the|my|your|our|his|her|their) \\w+ (?:${AUXILIARY}|${PAST}|\\w+(?:ed|[^us]s))`,
    `(?:what|who|how|where) (?:${AUXILIARY}|much|many|long)`,
    'please|(?:call|tell|send|give|let|ask) \\w+',
  ]
    .map((one) => `(?<= |^)(?:${one})(?= |$)`)
    .join('|'),
  'g',
);

/** Whether a sentence has only its secondary clause yet: "if I pay by Friday". */
export const isSecondary = (core: string): boolean =>
  SECONDARY.test(core) && hasClause(core) && (core.match(SUBJECT)?.length ?? 0) < 2;

const DESCRIBED =
  /^(?:with )?(?:the|a|an|my|your|any|some|those|these|something|anything|someone|everything|all) (?:(?!when|if|because|so|and|but|while|until|where)\w+ ){0,3}(?:that|who|which|i|we|he|she|they|you) \w/;
const VERBS = new RegExp(`\\b(?:${AUXILIARY}|${PAST}|\\w{2,}ed)\\b`, 'g');

/** Whether a sentence has only its subject yet, with a clause about it: "the one that I ordered". */
export const isDescription = (core: string): boolean =>
  DESCRIBED.test(core) && (core.match(VERBS)?.length ?? 0) < 2;

function isWhole(text: string): boolean {
  return text.split(' ').length >= 3 && hasClause(text) && !isCutOff(text, false);
}
