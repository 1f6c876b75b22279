import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { ProtocolError } from '../wire/protocolError.ts';

/** An element of a document, with its names resolved and its text decoded. */
export class XmlElement {
  /** Without a prefix. */
  readonly name: string;
  /** The URI, '' for libvirt's own elements. */
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly elements: readonly XmlElement[];
  /** All text directly within, without the white space around it. */
  readonly text: string;

  constructor(init: Omit<XmlElement, 'child' | 'children' | 'attribute' | 'textOf'>) {
    this.name = init.name;
    this.namespace = init.namespace;
    this.attributes = init.attributes;
    this.elements = init.elements;
    this.text = init.text;
  }

  children(name: string, namespace = ''): readonly XmlElement[] {
    return this.elements.filter((one) => one.name === name && one.namespace === namespace);
  }

  /** The first of this name. */
  child(name: string, namespace = ''): XmlElement | undefined {
    return this.elements.find((one) => one.name === name && one.namespace === namespace);
  }

  attribute(name: string): string | undefined {
    return this.attributes.get(name);
  }

  /** The text of the first child of this name; undefined when there is none or it is empty. */
  textOf(name: string): string | undefined {
    const text = this.child(name)?.text;
    return text === '' ? undefined : text;
  }
}

/** One node of fast-xml-parser's ordered output: an element or a text, and attributes under ':@'. */
type ParsedNode = Readonly<Record<string, unknown>>;

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';
/** libvirt's own documents stay below 20. */
const MAX_DEPTH = 100;

/**
 * Reads a document that libvirt has written. An external entity, any entity besides the five of XML, deep nesting and
 * what is no document reject with a ProtocolError. It is no check whether a person's XML is well-formed.
 */
export async function parseXml(xml: string): Promise<XmlElement> {
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    textNodeName: TEXT,
    cdataPropName: CDATA,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: MAX_DEPTH,
  });
  try {
    const nodes = parser.parse(xml) as readonly ParsedNode[];
    const [root, ...others] = elementsOf(nodes, new Map());
    if (root === undefined || others.length > 0) throw new Error('there is not exactly one root element');
    return root;
  } catch (error) {
    throw new ProtocolError(t('libvirt sent XML that cannot be read: {0}', messageOf(error)), {
      cause: error,
    });
  }
}

type Namespaces = ReadonlyMap<string, string>;

function elementsOf(nodes: readonly ParsedNode[], outer: Namespaces): readonly XmlElement[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT && key !== CDATA);
    return tag === undefined ? [] : [elementOf(tag, node, outer)];
  });
}

function elementOf(tag: string, node: ParsedNode, outer: Namespaces): XmlElement {
  const content = node[tag] as readonly ParsedNode[];
  const raw = Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>);
  const attributes = new Map(raw.map(([name, value]) => [name, decodeEntities(value)]));
  const namespaces = new Map(outer);
  for (const [name, value] of attributes) {
    if (name === 'xmlns') namespaces.set('', value);
    else if (name.startsWith('xmlns:')) namespaces.set(name.slice('xmlns:'.length), value);
  }
  const [prefix, name] = tag.includes(':') ? tag.split(':', 2) : ['', tag];
  return new XmlElement({
    name: name ?? tag,
    namespace: namespaces.get(prefix ?? '') ?? prefix ?? '',
    attributes,
    elements: elementsOf(content, namespaces),
    text: content.map(textOf).join('').trim(),
  });
}

function textOf(node: ParsedNode): string {
  const text = node[TEXT];
  if (typeof text === 'string') return decodeEntities(text);
  const cdata = node[CDATA];
  return Array.isArray(cdata)
    ? (cdata as readonly ParsedNode[]).map((part) => String(part[TEXT])).join('')
    : '';
}

const standardEntities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeEntities(text: string): string {
  return text.replace(/&([^;]*);?/g, (reference, name: string) => {
    const [, hex, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name) ?? [];
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : standardEntities.get(name);
    if (character === undefined) throw new Error(`unknown entity ${reference}`);
    return character;
  });
}
