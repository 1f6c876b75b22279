import type { XmlAttribute, XmlDocument, XmlElement } from '../../document.ts';
import { elementsOf } from '../../queries.ts';
import type { Parts } from '../../completion/parts.ts';
import type { SchemaFault } from '../../relaxng/fault.ts';
import type { Fix } from '../../fix.ts';

/** A fault with what is needed to repair it. */
export interface FaultyPlace {
  readonly document: XmlDocument;
  readonly fault: SchemaFault;
  /** The element that the fault is about. */
  readonly element: XmlElement;
  /** The attribute that the fault is in, if it is in one. */
  readonly attribute: XmlAttribute | undefined;
  readonly parts: Parts;
}

/** What can be done about a fault, the likeliest first; it is tried before it is offered. */
export type SchemaRepair = (place: FaultyPlace) => readonly Fix[];

/** undefined when the fault is not of this document. */
export function faultyPlace(
  document: XmlDocument,
  fault: SchemaFault,
  parts: Parts,
): FaultyPlace | undefined {
  for (const element of elementsOf(document)) {
    if (element.range.start !== fault.elementStart) continue;
    const attribute = element.attributes.find(
      ({ range }) => range.start <= fault.range.start && fault.range.end <= range.end,
    );
    return { document, fault, element, attribute, parts };
  }
  return undefined;
}
