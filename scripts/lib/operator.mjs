// How `npm start` shows the web process that it is its own: by the LiveKit secret that both have, where
// people have to sign in.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDir } from './paths.mjs';

const built = (name) => import(pathToFileURL(join(buildDir, 'lib', `${name}.js`)).href);

/** Resolves, each time it is called, to headers that hold for half a minute; none where nobody signs in. */
export function operatorOf(env) {
  return async () => {
    const { whySignIn } = await built('rights/mode');
    if (whySignIn(env) === undefined) return {};
    const { signBody } = await built('worker-auth');
    return { authorization: await signBody('operator', '', env) };
  };
}
