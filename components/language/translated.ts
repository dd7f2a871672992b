// Lets a page live on while its browser translates it. Chrome and Edge put <font> elements in the place of texts, Safari
// new texts and copies of elements, and Firefox another order. React goes on with the nodes it made: their changes are not
// seen, and where it removes one or inserts before one, it throws and the page is gone (facebook/react#11538). Here React's
// nodes return to their places before React changes anything among them, and the browser translates them again.
//
// Text that changes while it is read or announced is marked with translate="no": the translation would come late, twice, or
// in the middle of a word.

/** What a translated element contained before. */
const originals = new WeakMap<Node, readonly Node[]>();
/** Where a text was that is not there any more. */
const parents = new WeakMap<Node, Node>();

/** Whether React made this node, and goes on with it. A text that is all of its element is written into the element. */
const isReacts = (node: Node) => Object.keys(node).some((key) => key.startsWith('__reactFiber$'));

/** The children that a node had before these changes of its children. */
function childrenBefore(parent: Node, changes: readonly MutationRecord[]): readonly Node[] {
  let nodes: Node[] = [...parent.childNodes];
  for (const { addedNodes, removedNodes, nextSibling } of [...changes].reverse()) {
    const added = new Set(addedNodes);
    nodes = nodes.filter((node) => !added.has(node));
    const at = nextSibling ? nodes.indexOf(nextSibling) : -1;
    nodes.splice(at < 0 ? nodes.length : at, 0, ...removedNodes);
  }
  return nodes;
}

/** Call it once, before React renders. */
export function surviveTranslation(): void {
  const { appendChild, insertBefore, removeChild } = Node.prototype;

  /** Undoes the translation of an element's children. */
  function restore(parent: Node): void {
    const nodes = originals.get(parent);
    if (!nodes) return;
    originals.delete(parent);
    for (const child of [...parent.childNodes]) {
      if (!nodes.includes(child)) removeChild.call(parent, child);
    }
    nodes.forEach((node, at) => {
      const there = parent.childNodes[at] ?? null;
      if (there !== node) insertBefore.call(parent, node, there);
    });
    observer.takeRecords();
  }

  /** Sees what a translator has changed. */
  function look(records: readonly MutationRecord[]): void {
    const changes = records.filter(({ type }) => type === 'childList');
    for (const parent of new Set(changes.map(({ target }) => target))) {
      const own = changes.filter(({ target }) => target === parent);
      const gone = own.flatMap(({ removedNodes }) => [...removedNodes]).filter(isReacts);
      if (gone.length === 0) continue;
      if (!originals.has(parent)) originals.set(parent, childrenBefore(parent, own));
      for (const text of gone) {
        if (text.nodeType !== Node.TEXT_NODE) continue;
        parents.set(text, parent);
        // It is not below the document any more.
        observer.observe(text, { characterData: true });
      }
    }
    for (const { type, target } of records) {
      const parent = type === 'characterData' && parents.get(target);
      if (parent) restore(parent);
    }
  }

  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });

  /** Lets React change the children of `parent` as it knows them. */
  function change<T>(parent: Node, act: () => T): T {
    look(observer.takeRecords());
    restore(parent);
    const done = act();
    observer.takeRecords();
    return done;
  }
  Node.prototype.appendChild = function <T extends Node>(node: T): T {
    return change(this, () => appendChild.call(this, node) as T);
  };
  Node.prototype.removeChild = function <T extends Node>(child: T): T {
    return change(this, () => removeChild.call(this, child) as T);
  };
  Node.prototype.insertBefore = function <T extends Node>(node: T, before: Node | null): T {
    return change(this, () => insertBefore.call(this, node, before) as T);
  };
}
