// A strict XML parser for tests, with the features that reports use. It throws on malformed XML.

/** An element. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
};

function decoded(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);|&|</gi, (whole, name?: string) => {
    if (name?.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name?.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    const known = ENTITIES[name ?? ''];
    if (known === undefined) throw new Error(`not XML: ${whole}`);
    return known;
  });
}

/** The root element. @throws Error if the XML is malformed */
export function readXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parts = xml.matchAll(
    /<\?[^>]*\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>|([^<]+)|(<)/g,
  );
  for (const [whole, raw, closes, opens, attributes = '', empty, text, wrong] of parts) {
    const last = open.at(-1) ?? root;
    if (wrong) throw new Error('not XML: a lone <');
    if (raw !== undefined) last.text += raw;
    else if (text) last.text += decoded(text);
    else if (closes) {
      if (open.pop()?.name !== closes) throw new Error(`not XML: ${whole}`);
    } else if (opens) {
      const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)];
      const element: Element = {
        name: opens,
        attributes: Object.fromEntries(pairs.map(([, key, value = '']) => [key, decoded(value)])),
        children: [],
        text: '',
      };
      last.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const [only] = root.children;
  if (open.length !== 1 || !only || root.children.length !== 1) throw new Error('not XML: no root');
  return only;
}

/** All descendants with that name. */
export const allOf = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allOf(child, name),
  ]);
