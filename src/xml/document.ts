/** Offsets into a document's text, in UTF-16 code units: `start` belongs to the range, `end` does not. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Prefix to namespace name, as in scope at an element; the default namespace has the prefix ''. */
export type NamespaceScope = ReadonlyMap<string, string>;

export interface XmlAttribute {
  readonly owner: XmlElement;
  /** As written, with its prefix. */
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  /** '' for an attribute without a prefix. */
  readonly namespace: string;
  /** Entities and character references decoded, line ends as spaces; '' when no value is written. */
  readonly value: string;
  /** From the name to the closing quote. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** What is between the quotes; undefined when no value is written. */
  readonly valueRange: TextRange | undefined;
}

export interface XmlElement {
  readonly kind: 'element';
  readonly parent: XmlElement | undefined;
  /** As written, with its prefix. */
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  readonly namespace: string;
  /** Shared by all elements with the same declarations in scope. */
  readonly scope: NamespaceScope;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  /** From `<` of the start tag to `>` of the end tag, or to where the element was taken to end. */
  readonly range: TextRange;
  /** The name in the start tag. */
  readonly nameRange: TextRange;
  readonly startTagRange: TextRange;
  /** undefined when the element is `<empty/>` or its end tag is missing. */
  readonly endTagRange: TextRange | undefined;
  /** The tags of this element are at fault: what it holds, and where it ends, is a guess. */
  readonly damaged: boolean;
}

/** Character data between two pieces of markup; `cdata` when it is a CDATA section. */
export interface XmlText {
  readonly kind: 'text' | 'cdata';
  readonly parent: XmlElement | undefined;
  /** Entities and character references decoded, line ends as \n. */
  readonly value: string;
  readonly range: TextRange;
}

/** What carries no data: comments, processing instructions (the XML declaration too), the document type. */
export interface XmlMisc {
  readonly kind: 'comment' | 'instruction' | 'doctype';
  readonly parent: XmlElement | undefined;
  readonly range: TextRange;
}

export type XmlNode = XmlElement | XmlText | XmlMisc;

export type XmlFaultKind =
  | 'no-root'
  | 'second-root'
  | 'text-outside-root'
  | 'too-deep'
  | 'unclosed-element'
  | 'unclosed-start-tag'
  | 'unclosed-end-tag'
  | 'mismatched-end-tag'
  | 'stray-end-tag'
  | 'unopened-start-tag'
  | 'stray-less-than'
  | 'unexpected-character'
  | 'missing-space'
  | 'duplicate-attribute'
  | 'missing-equals'
  | 'missing-value'
  | 'unquoted-value'
  | 'unclosed-value'
  | 'less-than-in-value'
  | 'undeclared-prefix'
  | 'bare-ampersand'
  | 'unknown-entity'
  | 'invalid-reference'
  | 'invalid-character'
  | 'unclosed-comment'
  | 'hyphens-in-comment'
  | 'unclosed-cdata'
  | 'cdata-end-in-text'
  | 'unclosed-instruction'
  | 'invalid-instruction'
  | 'invalid-declaration'
  | 'misplaced-declaration'
  | 'unclosed-doctype'
  | 'misplaced-doctype';

/** A fault of the markup itself; whether the elements are libvirt's is not the scanner's concern. */
export interface XmlFault {
  readonly kind: XmlFaultKind;
  readonly range: TextRange;
  /** For a person, in the display language. */
  readonly message: string;
}

export interface XmlDocument {
  readonly text: string;
  /** The first element at the top. */
  readonly root: XmlElement | undefined;
  /** Everything at the top, in order; a faulty document may have several elements here. */
  readonly children: readonly XmlNode[];
  /** In the order of their places. */
  readonly faults: readonly XmlFault[];
}
