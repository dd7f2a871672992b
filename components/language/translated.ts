// Lets a page live on while its browser translates it. Chrome, Edge and Google's translator put <font> elements in the place
// of texts. React goes on with the texts it made: their changes are not seen, and where it removes one or inserts
// before one, it throws and the page is gone (facebook/react#11538). Here a text returns to its place as soon as React
// changes it, and the browser translates it again.
//
// Text that changes while it is read or announced is marked with translate="no": the translation would come late, twice, or
// in the middle of a word.

/** The element in the place of a text. */
const standIns = new WeakMap<Node, ChildNode>();

const isTranslation = (node: Node | null): node is HTMLElement => node?.nodeName === 'FONT';

/** Returns a text to its place, if it was translated. */
function restore(text: Node): void {
  const standIn = standIns.get(text);
  standIns.delete(text);
  if (standIn?.isConnected && !text.isConnected) standIn.replaceWith(text);
}

function look(records: readonly MutationRecord[], observer: MutationObserver): void {
  for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
    if (type === 'characterData') {
      restore(target);
      continue;
    }
    for (const text of removedNodes) {
      if (text.nodeType !== Node.TEXT_NODE || text.isConnected) continue;
      const standIn = [...addedNodes, previousSibling, nextSibling].find(isTranslation);
      if (!standIn) continue;
      standIns.set(text, standIn);
      // It is not below the document any more.
      observer.observe(text, { characterData: true });
    }
  }
}

/** A child of `parent` as React knows it: a text returns, and an element that was moved into a translation does too. */
function findIn(parent: Node, child: Node): void {
  if (child.parentNode === parent) return;
  restore(child);
  if (child.parentNode === parent || !parent.contains(child)) return;
  let outer = child;
  while (outer.parentNode && outer.parentNode !== parent) outer = outer.parentNode;
  if (isTranslation(outer)) parent.insertBefore(child, outer);
}

/** Call it once, before React renders. */
export function surviveTranslation(): void {
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  const { insertBefore, removeChild } = Node.prototype;
  Node.prototype.removeChild = function <T extends Node>(child: T): T {
    findIn(this, child);
    return removeChild.call(this, child) as T;
  };
  Node.prototype.insertBefore = function <T extends Node>(node: T, before: Node | null): T {
    if (before) findIn(this, before);
    return insertBefore.call(this, node, before) as T;
  };
}
