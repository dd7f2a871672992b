// A part of the README that a program writes: it stands between two comments of its own.

/**
 * @param {string} readme
 * @param {{ begin: string, end: string }} marks the comments
 * @param {string} text what stands between them from now on
 * @returns the README with it
 * @throws where the comments are not there
 */
export function withPart(readme, { begin, end }, text) {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`README.md has no place for it: ${begin}`);
  return `${readme.slice(0, from + begin.length)}\n\n${text}\n\n${readme.slice(to)}`;
}
