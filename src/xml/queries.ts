import type { TextRange, XmlAttribute, XmlDocument, XmlElement, XmlNode } from './document.ts';

export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child.kind === 'element');
}

/** The child elements of that name. libvirt's own elements are in no namespace, `namespace` ''. */
export function childrenNamed(element: XmlElement, localName: string, namespace = ''): XmlElement[] {
  return childElements(element).filter(
    (child) => child.localName === localName && child.namespace === namespace,
  );
}

/** The first child element of that name. */
export function childNamed(element: XmlElement, localName: string, namespace = ''): XmlElement | undefined {
  return childrenNamed(element, localName, namespace)[0];
}

/** The attribute of that name, without a namespace. */
export function attributeNamed(element: XmlElement, localName: string): XmlAttribute | undefined {
  return element.attributes.find((attribute) => attribute.localName === localName && attribute.prefix === '');
}

export function attributeValue(element: XmlElement, localName: string): string | undefined {
  return attributeNamed(element, localName)?.value;
}

/** The character data directly in the element, without that of its children. */
export function textOf(element: XmlElement): string {
  return element.children
    .map((child) => (child.kind === 'text' || child.kind === 'cdata' ? child.value : ''))
    .join('');
}

/** Where the text of the element is, without white space around it; undefined when it has none. */
export function textRangeOf(document: XmlDocument, element: XmlElement): TextRange | undefined {
  const text = element.children.find(
    (child) => (child.kind === 'text' || child.kind === 'cdata') && child.value.trim() !== '',
  );
  if (text === undefined) return undefined;
  const { start, end } = text.range;
  const raw = document.text.slice(start, end);
  return { start: start + raw.length - raw.trimStart().length, end: end - raw.length + raw.trimEnd().length };
}

/** The element and all elements inside it, in the order of the document. */
export function* elementsWithin(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of childElements(element)) yield* elementsWithin(child);
}

/** All elements, in the order of the document. */
export function* elementsOf(document: XmlDocument): Generator<XmlElement> {
  for (const node of document.children) {
    if (node.kind === 'element') yield* elementsWithin(node);
  }
}

/** `/domain/devices/disk[2]/source`: a number where the parent has several of the name, counted from 1. */
export function pathOf(element: XmlElement): string {
  const { parent, name } = element;
  if (parent === undefined) return `/${name}`;
  const same = childElements(parent).filter((child) => child.name === name);
  const number = same.length > 1 ? `[${same.indexOf(element) + 1}]` : '';
  return `${pathOf(parent)}/${name}${number}`;
}

/** What is at an offset: the innermost node, and which part of it. */
export type Place =
  /** Text, a comment and the like, or between the children of `node`; undefined at the top of the document. */
  | { readonly part: 'content'; readonly node: XmlNode | undefined }
  | { readonly part: 'element-name' | 'start-tag' | 'end-tag'; readonly node: XmlElement }
  | {
      readonly part: 'attribute-name' | 'attribute-value';
      readonly node: XmlElement;
      readonly attribute: XmlAttribute;
    };

/**
 * Finds what is at the offset. An offset between two characters belongs to a name or value that it touches, so that
 * a cursor behind a word is on the word.
 */
export function placeAt(document: XmlDocument, offset: number): Place {
  let nodes = document.children;
  let innermost: XmlElement | undefined;
  for (;;) {
    const node =
      nodes.find(({ range }) => range.start < offset && offset < range.end) ?? endingAt(nodes, offset);
    if (node?.kind !== 'element') return { part: 'content', node: node ?? innermost };
    const inTag = placeInTags(document, node, offset);
    if (inTag !== undefined) return inTag;
    innermost = node;
    nodes = node.children;
  }
}

/** What ends at the offset and goes on when one types there: text, and an element whose end is missing. */
function endingAt(nodes: readonly XmlNode[], offset: number): XmlNode | undefined {
  return nodes.find(
    (node) =>
      node.range.end === offset &&
      (node.kind === 'text' || (node.kind === 'element' && node.damaged && node.endTagRange === undefined)),
  );
}

function placeInTags(document: XmlDocument, element: XmlElement, offset: number): Place | undefined {
  const { startTagRange, nameRange, endTagRange } = element;
  const touches = (range: TextRange): boolean => range.start <= offset && offset <= range.end;
  if (endTagRange !== undefined && offset > endTagRange.start) return { part: 'end-tag', node: element };
  const isTagClosed = document.text[startTagRange.end - 1] === '>';
  if (offset > startTagRange.end || (offset === startTagRange.end && isTagClosed)) return undefined;
  if (touches(nameRange)) return { part: 'element-name', node: element };
  const attribute = element.attributes.find(({ range }) => touches(range));
  if (attribute === undefined) return { part: 'start-tag', node: element };
  if (touches(attribute.nameRange)) return { part: 'attribute-name', node: element, attribute };
  return attribute.valueRange !== undefined && touches(attribute.valueRange)
    ? { part: 'attribute-value', node: element, attribute }
    : { part: 'start-tag', node: element };
}
