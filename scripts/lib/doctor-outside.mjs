// What of the production checklist can only be seen from outside, at the address that callers have: TLS,
// and what a stranger may do.
import { connect } from 'node:tls';

/** Milliseconds for a connection or an answer. */
const ANSWER_MS = 5_000;
/** Days that a certificate has to hold still: renewal begins at 30. */
const DAYS_LEFT = 14;
const DAY_MS = 86_400_000;
/** Requests of a stranger that ask for nothing real. A limit that is not met by them is no limit. */
const REQUESTS = 60;

const STATES = ['ok', 'unknown', 'warn', 'fail'];

/** The worst state of all findings (`lib/doctor/finding.ts`). */
export const worstOf = (findings) =>
  STATES[Math.max(0, ...findings.map(({ state }) => STATES.indexOf(state)))];

const finding = (id, title, matters, todo) => (state, seen) => ({
  id: `production:${id}`,
  title,
  state,
  seen,
  matters,
  todo: state === 'ok' ? '' : todo,
});

/** When the certificate ends. @throws where there is none that is trusted */
function certificateEnd({ hostname, port }) {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, servername: host, port: Number(port) || 443 });
    socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.destroy();
    });
  });
}

async function tls(url) {
  const say = finding(
    'tls',
    'TLS',
    'Browsers give the microphone to pages with TLS alone.',
    'Put a proxy with a certificate before the web processes: deploy/Caddyfile is one.',
  );
  if (url.protocol !== 'https:') return say('fail', `${url.origin} is not encrypted.`);
  try {
    const days = Math.floor(((await certificateEnd(url)) - Date.now()) / DAY_MS);
    const seen = `The certificate is trusted and holds for ${days} days.`;
    return say(days < DAYS_LEFT ? 'warn' : 'ok', seen);
  } catch (error) {
    return say('fail', `No trusted certificate: ${error.message}.`);
  }
}

const ask = (url, path, options = {}) =>
  fetch(new URL(path, url), {
    ...options,
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
  });

async function signIn(url) {
  const say = finding(
    'sign-in',
    'Sign-in',
    'Without it, whoever finds the address reads every call and can end them.',
    'Require sign-in for all that is not the call itself, or let a proxy do it.',
  );
  try {
    const { status } = await ask(url, '/api/calls');
    const refused = [301, 302, 303, 307, 308, 401, 403].includes(status);
    if (refused) return say('ok', `A stranger who asks for the calls is refused (${status}).`);
    if (status === 200) return say('fail', 'A stranger can read all calls.');
    return say('unknown', `A stranger who asks for the calls is answered ${status}.`);
  } catch (error) {
    return say('unknown', `It does not answer: ${error.message}.`);
  }
}

async function limits(url) {
  const say = finding(
    'limits',
    'Limits',
    'Whoever asks for calls without end takes every place, and what models cost is yours.',
    'Set limits for callers and addresses, here or in the proxy.',
  );
  // An agent that nobody has: no room, no call, no cost.
  const body = JSON.stringify({
    room_config: { agents: [{ agent_name: 'nobody-has-this-name' }] },
  });
  const headers = { 'content-type': 'application/json' };
  try {
    for (let sent = 1; sent <= REQUESTS; sent += 1) {
      const { status } = await ask(url, '/api/token', { method: 'POST', headers, body });
      if (status === 429) return say('ok', `Refused at request ${sent} of one address.`);
    }
    return say('unknown', `${REQUESTS} requests of one address were all taken.`);
  } catch (error) {
    return say('unknown', `It does not answer: ${error.message}.`);
  }
}

/** What is seen at the address that callers have; one finding that it was not given where it is not. */
export async function examineOutside(address) {
  if (address === undefined) {
    const say = finding(
      'outside',
      'Seen from outside',
      'TLS, sign-in and limits can only be tried where callers come in.',
      'Say --url https://… with the address that callers have.',
    );
    return [say('unknown', 'Not tried: the address is not known.')];
  }
  const url = new URL(address);
  return [await tls(url), await signIn(url), await limits(url)];
}
