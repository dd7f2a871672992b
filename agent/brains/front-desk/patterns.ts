// The words by which intents are known, in the plain form of `words.ts`. Order matters where a list
// is searched: the first that fits is taken.
import { findAgent } from '@/lib/catalogue';
import type { Courtesy, Topic, Want } from './intents';

export const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  [
    'mine',
    /\bwhen(?:'s| is| was) (?:my appointment|it|that)$|\bappointment(?: is)? when\b|\b(?:what was|what's|what is|tell me) the (?:time|day|date) (?:again|of (?:my|the) appointment)\b|\btime of (?:my|the) appointment\b|\bwhat do i have now\b|^(?:so )?(?:is|was) (?:it|that) (?:in|on|at|for|with) |\bwho (?:would|will|is) (?:that|it) (?:be )?with\b|^(?:all )?done$|\b(?:is|was) (?:it|that) (?:booked|done|certain|noted)\b|\bdo you have it$|\bdid you (?:get|write|note) (?:it|that)\b|\bwhat time(?:'s| is) my appointment\b|\b(?:do|did) i have an appointment\b|\bmy (?:existing|next) appointment\b|\b(?:when|what time)\b.*\b(?:his|her|their|husband's|wife's|son's|daughter's) appointment\b/,
  ],
  ['price', /\b(?:how much|price|prices|cost|costs|fee|fees|insurance|charge|pay for)\b/],
  [
    'people',
    /\b(?:who(?:'s| is| are) (?:in|there|working|available|on|your|doctor|nurse|the (?:doctor|nurse)s?)\b|who (?:works|will)|who is (?:then|it then)|who (?:is|are) \w+ (?:doctors?|nurses?)|which doctors?|what doctors?|(?:your|the) (?:doctors|nurses|staff|team)|names? of (?:the|your)|(?:is|are) (?:there )?(?:a |any )?(?:doctor|nurse)\b[a-z ]*\b(?:in|there|working|available|on duty)|(?:is|are) (?:there )?any(?:one|body) (?:in|there|working)|when(?:'s| is| does| are) (?:doctor|nurse)|what days (?:is|does) (?:doctor|nurse)|(?:doctor|nurse) [a-z' ]+ (?:work|working|in on|in today|in tomorrow))\b/,
  ],
  ['hours', /\b(?:open|opens|opening|opened|close|closes|closing|closed|hours|shut|shuts)\b/],
  [
    'parking',
    /\b(?:(?<!wi )park|parking|car park|directions|how (?:do|can) i (?:get|find)|get there)\b/,
  ],
  [
    'address',
    /\b(?:address|(?:a|and|your) dress|where (?:are|is|r)|where's|located|location|find you|what street|the street|which (?:town|street)|near the|number of the house|where do i (?:go|come)|find the entrance)\b|^address$|^(?:and )?(?:the )?street$\b/,
  ],
  [
    'phone',
    /\b(?:your (?:phone |telephone )?number|phone number(?: of| for) the|(?:the|a) (?:phone|telephone) number|call you|ring you|reach you|phone you|(?:which|what) number (?:did|have) i|your telephone|your phone)\b|^(?:the |and the |and )?(?:tele)?phone(?: number)?$/,
  ],
  [
    'services',
    /\b(?:services|what do you (?:do|offer|have)|do you (?:do|offer|give|have)|can i (?:get|have) a|what (?:can|could) (?:i|you) (?:get|treat)|what kind of|(?<!as )(?:a?long) (?:is|his|does|will|are|do))\b/,
  ],
  [
    'abilities',
    /\b(?:what (?:else )?can (?:you|i) (?:do|ask|say|help)|how can you help|can you help|help me|^help$|what are my options|what do you do|options|i need help)\b/,
  ],
  [
    'identity',
    /\b(?:who (?:are you|am i|is this)|who's this|what(?:'s| is) your name|are you (?:a |an )?(?:real|robot|human|person|machine|computer|bot|ai)|what are you|is (?:this|that) (?:the|a)(?! holiday| long| good| problem)(?=[a-z ]+ (?:place|practice|office|shop|restaurant|hotel|bank|clinic|hospital)\b)|am i (?:talking|speaking) to|is this a (?:robot|machine|recording|bot|real))\b/,
  ],
  [
    'time',
    /\b(?:what time is it|what's the time|what is the time|what day is it|what's the date|what is the date|today's date)\b/,
  ],
];

const FOR_A_MESSAGE =
  '\\bmessages?\\b|\\btell (?:him|her|them|someone|somebody|the|billing|accounts)\\b|\\b(?:call|ring|phone|get) (?:me )?back\\b';
/** What is dealt with by billing, as it is said and as a small recogniser writes it. */
const BILLING = [
  'billings?|billed|invoices?|payments?|refunds?|receipts?|overcharged|charged (?:me )?(?:twice|too|wrong)',
  '(?:my|your|our|the|a|an|this|that|last|latest|first|second|some|these|those|of|any) bills?|bills',
  "account(?:s|'s)? (?:department|apartment|office|team|people)|accounting|(?:to|with|for|from) accounts",
  "how (?:do|can|could|should|would) i pay|i(?:'d| would)? (?:want|need|like) to pay|i owe",
  '(?:speak|talk) (?:to|with) (?:someone |somebody |anyone )?(?:about |in |from |at )?(?:the )?(?:building|billy|billie)',
  'put me (?:through )?to (?:the )?(?:building|billy|billie)',
  `(?:speak|talk) (?:to|with) ${(findAgent('billing')?.person ?? 'billing').toLowerCase()}`,
].join('|');

export const WANTS: readonly (readonly [Want, RegExp])[] = [
  [
    'stop',
    /\b(?:never ?mind|forget (?:it|about it|that)|stop(?! (?:by|in))|leave it|don't (?:bother|book|worry)|do not book|changed my mind|start (?:over|again))\b/,
  ],
  // Before all that a bill could be cancelled, changed or spoken about with; a message may be about
  // one. "Bill" alone is a name.
  ['handover', new RegExp(`^(?!.*(?:${FOR_A_MESSAGE})).*\\b(?:${BILLING})\\b`)],
  ['cancel', /\b(?:cancel|call off)\b/],
  [
    'change',
    /\b(?:like|want|need) to (?:change|move)$|\b(?:i|we) can't(?: on| at| then| come| make it|$)|\b(?:come|be|have it|make it) (?:earlier|later)\b|\b(?:reschedule|rebook|move|change|postpone)\b(?=.*\b(?:appointment|booking|it|that|to|day|time)\b)/,
  ],
  [
    'message',
    /\b(?:messages?|tell (?:him|her|them|doctor|nurse|billing|accounts|the|somebody|someone)\b|let (?:him|her|them|doctor|nurse) [a-z' ]*\bknow|call(?:s|ed)? me(?: back)?$|(?:call|ring|phone|get) (?:me )?back|ring me|(?:speak|talk) (?:to|with) (?:a |an |some|any|the )?(?:doctor|nurse|human|person|one|somebody|someone|people|real|manager|receptionist|member|staff|operator|agent|representative)|(?:want|need|get me|give me) (?:a |an |the |your |another )?(?:real |other )?(?:person|human(?: being)?|boss|manager|supervisor|colleague)|real person|operator|representative|put me (?:back |through )to (?!(?:the )?(?:billing|accounts))|put me through$|(?:speak|talk) to (?:him|her|them))\b|^(?:real )?(?:agent|human|person)$/,
  ],
  [
    'booking',
    /\b(?:another (?:one|appointment)|(?:a )?new (?:one|appointment)|(?:now|and|also)(?: one)? for my (?:wife|husband|son|daughter|mother|father|partner|child)|(?:wife|husband|son|daughter|mother|father|partner|child|he|she) come (?:as well|too)|book|booking|(?<!do i need )(?<!do i need an )appointments?|schedule|slots?|(?:see|visit) (?:a |the |your |any )?(?:doctor|nurse|someone|somebody|anyone|anybody)|come in|be seen|get (?:me )?in|need (?:to see )?(?:a |the )?(?:doctor|nurse)|fit me in|make one|when can (?:i|you|we) (?:have|get|come|see|fit)|check up|available (?:times?|slots?|on|for)|(?:any(?:thing)?|what) (?:free|available|openings?)|have (?:you )?(?:got )?(?:anything|something|space|room|time))\b/,
  ],
];

export const COURTESIES: readonly (readonly [Courtesy, RegExp])[] = [
  ['howAreYou', /\b(?:how are you|how's it going|how are things|how do you do|you all ?right)\b/],
  ['hello', /^(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|day))\b/],
  ['thanks', /\b(?:thanks|thank you|cheers|thank u|much appreciated)\b/],
  [
    'wait',
    /\b(?:hold on|hang on|wait|just a (?:moment|minute|second|2nd|sec)|one (?:moment|second|minute|sec)|let me (?:think|see|check)|bear with me)\b/,
  ],
  [
    'complaint',
    /\b(?:useless|stupid|terrible|ridiculous|hate this|annoying|rubbish|waste of time|not helpful|frustrat\w*|idiot)\b/,
  ],
  [
    'praise',
    /\b(?:you're (?:great|good|very good|helpful|funny|nice|amazing)|well done|good job|nice to meet you|nice talking|amazing|awesome|brilliant)\b/,
  ],
  ['sorry', /^(?:oh )?(?:sorry|my apologies|excuse me)$/],
];

/** The last of it: a first word that was misheard, as in "Mess, that is right". */
export const YES =
  /^(?:(?:um|uh|oh|well|ah|ha|hm+|then|and|so|but) )*(?:yes|yeah|mhm|mm hm+|uh huh|yep|yup|ya|yea|sure|ok|okay|correct|right|exactly|perfect|great|fine|lovely|good(?! (?:morning|afternoon|evening|day|bye))|wonderful|excellent|absolutely|definitely|certainly|of course|please(?: do)?$|go ahead|do (?:it|that)|book it|let's (?:do|take|book) (?:it|that)|(?:if )?you would be so kind|if you would|ye$|so be it|(?:that|it|this)(?:'s| is| sounds| works| will| would| seems| one| one's)? ?(?:is |be )?(?:right|correct|fine|good|great|perfect|ok|okay|it|works?|do|lovely|suits?)|sounds (?:good|great|fine|right|perfect)|works for me|i do$|i would$|all right|alright|no (?:that|it)'s (?:fine|right|good|correct|perfect|great))\b|^(?!(?:not|if|whether|when|how|what) )\w+ that(?:'s| is) (?:right|correct)$/;
export const NO =
  /^(?:(?:um|uh|oh|well|ah|actually|sorry|hm+|or|but|and) )*(?:no|nope|nah|not really|not quite|not that|not yet|none|neither|wrong|that's (?:wrong|not)|that is (?:wrong|not)|it isn't|incorrect|i don't|don't|know$|no thanks)\b/;
export const BYE =
  /\b(?:good ?bye|bye|see you(?: later| then| soon| in a (?:bit|while)| (?:on )?(?:mon|tues|wednes|thurs|fri|satur)day)?$|talk to you later|hang up|end (?:the|this) call|have a (?:good|nice|great) (?:day|one|weekend|evening))\b|^(?:by|buy|good buy)(?: (?:by|buy|bye))?$/;
export const DONE =
  /\b(?:that's (?:all|it|everything)|that is (?:all|everything)|that'll be all|that will be all|nothing else|nothing more|i'm (?:done|good|finished|all set)|i (?:have|got|have got) (?:it all|everything)|no more|all done|all set)\b/;
export const REPEAT =
  /\b(?:repeat|say (?:that|it|the \w+) again|read (?:it|that) (?:back|again)|spell it back|times again$|again please$|come again|once more|pardon|what did you say|what was that|didn't (?:catch|hear|get|understand) (?:that|you)|can't hear|couldn't hear|say again|one more time)\b|^(?:what|sorry|huh|eh|excuse me)(?: what)?$/;

/** Words that make a question of a clause which also names an appointment. */
export const ASKS = /\b(?:open|close[sd]?|closing|who|which|hours|number|services|how long)\b/;

/** A caller who tells how they feel needs an appointment, though they did not ask. */
export const SYMPTOMS =
  /\b(?:sick|ill|unwell|not well|headaches?|migraine|fever|temperature|cough\w*|pains?|hurts?|hurting|sore|ache|aching|rash|infection|dizzy|vomit\w*|feel(?:ing)? (?:bad|awful|terrible|poorly))\b/;
