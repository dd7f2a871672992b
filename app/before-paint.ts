// What a page knows of its browser before the first paint, so that nothing changes color or moves when it wakes up.
import { SETTINGS_KEY } from '@/lib/call/settings';
import { PRODUCTION } from '@/lib/core/deployment';
import { SYSTEM_DARK, THEME_KEY } from '@/lib/core/theme';

/** Whether the next call is on staging, as `useChoice` has it: shows the banner. */
const STAGING = `try{const d=new URLSearchParams(location.search).get('deployment'),s=JSON.parse(localStorage.getItem('${SETTINGS_KEY}')||'{}');if(d?d!=='${PRODUCTION}':s.staging===true)r.dataset.staging=''}catch(e){}`;

/** The theme, as `followTheme` has it. */
const THEME = `let t;try{t=localStorage.getItem('${THEME_KEY}')}catch(e){}if(t!=='light'&&t!=='dark')t=matchMedia('${SYSTEM_DARK}').matches?'dark':'light';r.classList.add(t);r.style.colorScheme=t`;

/**
 * A script for the head, where it stands before the style sheets. After them, a browser would wait for their arrival before it
 * runs a script, and would read nothing of the page meanwhile.
 */
export const BEFORE_PAINT = `{const r=document.documentElement;${STAGING}${THEME}}`;
