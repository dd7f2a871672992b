// What your callers see: name, logo, color, texts, agents and features. Edit the values at the end of this file; only
// they are yours. Plain data, because the server and the browser both read it. docs/app-config.md explains it.
import type { Language } from '@/lib/core/language';

/** Texts of the start page. Those that are not set have the default of `lib/messages`. */
export interface StartTexts {
  /** Description for search engines and installed apps. */
  readonly description?: string;
  /** The headline. */
  readonly title?: string;
  /** The paragraph below the headline. */
  readonly lead?: string;
  /** The button that starts a call, also in the embed. */
  readonly button?: string;
}

/** What callers can use during a call. A feature that is off has no control on the page. */
export interface Features {
  /** The agent's words below its light, and their switch. */
  readonly captions: boolean;
  /** The keypad, for agents that ask for a number. */
  readonly keypad: boolean;
  /** The text box below the transcript. */
  readonly chat: boolean;
  /** Links that invite a colleague to a call. If they are off, the API refuses them too (403 `feature-off`). */
  readonly invitations: boolean;
  /** The caller's camera, which agents with a vision model see. Off by default: not every model sees. */
  readonly camera: boolean;
  /** The caller's screen; the same. */
  readonly screenShare: boolean;
}

/** Everything that can be set here. */
export interface AppConfig {
  /** Name of the product: in the header, after the title of each page, and of the installed app. */
  readonly productName: string;
  /** Title of the start page. */
  readonly pageTitle: string;
  /** Name of your company: the alternative text of the logo. */
  readonly companyName?: string;
  /** The logo in the header: a file in `public/`, such as `/logo.svg`. */
  readonly logo?: string;
  /** The logo in the dark theme; the same one if it is not set. */
  readonly logoDark?: string;
  /** Color of primary buttons. Their text is black or white, whichever has more contrast. */
  readonly accent?: `#${string}`;
  /** The color in the dark theme and during calls; the same one if it is not set. */
  readonly accentDark?: `#${string}`;
  /** Texts of the start page by language. */
  readonly texts?: Partial<Readonly<Record<Language, StartTexts>>>;
  /**
   * Names of the agents on the start page, in this order; by default all of `agent/agents/`, those that the team adds on
   * the Agents page and, with `LETTA_URL`, those of the Letta server. In a list, `letta` stands for those, which always come
   * last. Names that do not exist are left out until they are added. Agents that are not listed can still be called through
   * the API, rules, handoffs and the embed.
   */
  readonly agents?: readonly string[];
  readonly features: Features;
}

export const appConfig: AppConfig = {
  productName: 'Callboard',
  pageTitle: 'Callboard',

  // companyName: 'Example Ltd',
  // logo: '/logo.svg',
  // logoDark: '/logo-dark.svg',
  // accent: '#2250d8',
  // accentDark: '#9db8ff',

  // texts: {
  //   en: { title: 'How can we help?', button: 'Call us' },
  //   de: { title: 'Wie können wir helfen?', button: 'Anrufen' },
  // },

  // agents: ['front-desk', 'billing'],

  features: {
    captions: true,
    keypad: true,
    chat: true,
    invitations: true,
    camera: false,
    screenShare: false,
  },
};
