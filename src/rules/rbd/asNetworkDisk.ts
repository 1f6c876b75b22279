import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/document.ts';
import { insertChildren, quoteAt, type TextEdit } from '../../xml/edits.ts';
import { attributeNamed, childNamed } from '../../xml/queries.ts';
import { escapeXml, type NewElement } from '../../xml/writer.ts';
import type { KnownRbdPool, Monitor } from '../hostKnowledge.ts';
import { diskAuthElement } from '../secrets/authElement.ts';
import { hostElement } from './monitors.ts';

/** An RBD image and how to reach it. */
export interface RbdTarget {
  /** `pool/image`. */
  readonly image: string;
  readonly hosts: readonly Monitor[];
  readonly auth: KnownRbdPool['auth'];
  readonly snapshot?: string | undefined;
  readonly config?: string | undefined;
}

/** What names storage of another kind in a <source>, and what network disks do not take. */
const otherNames: ReadonlySet<string> = new Set([
  'file',
  'dev',
  'pool',
  'volume',
  'mode',
  'startupPolicy',
  'protocol',
  'name',
]);

/** Makes a disk of another type one of type network over RBD. None when it has no type or source. */
export function editsAsNetworkDisk(
  document: XmlDocument,
  disk: XmlElement,
  target: RbdTarget,
): readonly TextEdit[] {
  const type = attributeNamed(disk, 'type');
  const source = childNamed(disk, 'source');
  if (type === undefined || source === undefined) return [];
  const children = sourceChildren(target);
  const hasAuth = childNamed(disk, 'auth') !== undefined || childNamed(source, 'auth') !== undefined;
  return [
    replaceValue(document, type, 'network'),
    ...(target.auth === undefined || hasAuth
      ? []
      : [
          insertChildren(document, disk, [diskAuthElement(target.auth.username, target.auth.secret)], {
            before: ['source'],
          }),
        ]),
    sourceAttributes(document, source, target.image),
    ...(children.length === 0 ? [] : [insertChildren(document, source, children, { after: [] })]),
  ];
}

function sourceChildren({ hosts, snapshot, config }: RbdTarget): readonly NewElement[] {
  return [
    ...hosts.map(hostElement),
    ...(snapshot === undefined ? [] : [{ name: 'snapshot', attributes: { name: snapshot } }]),
    ...(config === undefined ? [] : [{ name: 'config', attributes: { file: config } }]),
  ];
}

function sourceAttributes(document: XmlDocument, source: XmlElement, image: string): TextEdit {
  const quote = quoteAt(document, source);
  const isKept = ({ name }: XmlAttribute): boolean => !otherNames.has(name);
  const kept = source.attributes
    .filter(isKept)
    .map(({ range }) => ` ${document.text.slice(range.start, range.end)}`);
  const { end: start } = source.nameRange;
  return {
    range: { start, end: source.attributes.at(-1)?.range.end ?? start },
    newText: ` protocol=${quote}rbd${quote} name=${quote}${escapeXml(image, quote)}${quote}${kept.join('')}`,
  };
}
