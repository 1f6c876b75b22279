import type { XmlDocument } from '../xml/document.ts';

/** Computes something once for each document, however many rules ask for it. */
export function perDocument<Value>(compute: (document: XmlDocument) => Value): typeof compute {
  const known = new WeakMap<XmlDocument, { readonly value: Value }>();
  return (document) => {
    const found = known.get(document) ?? { value: compute(document) };
    known.set(document, found);
    return found.value;
  };
}
