import { addAttributes, replaceValue } from '../../../xml/attributeEdits.ts';
import type { XmlDocument, XmlElement } from '../../../xml/document.ts';
import { applyEdits, insertChildren, type TextEdit } from '../../../xml/edits.ts';
import { removeElement } from '../../../xml/elementEdits.ts';
import {
  attributeNamed,
  attributeValue,
  childNamed,
  childrenNamed,
  textRangeOf,
} from '../../../xml/queries.ts';
import { scan } from '../../../xml/scanner/scan.ts';
import { escapeXml } from '../../../xml/writer.ts';
import type { DiskSource } from '../../storage/diskSource.ts';
import { diskSourceElements } from '../../storage/diskSourceElements.ts';
import { diskTypes } from '../xml/disks.ts';

/** A disk of a template that a second domain could not share. */
export interface TemplateDisk {
  /** `vda` */
  readonly target: string;
  /** As libvirt finds volumes by: a path on the host, or `cephpool/image`; undefined where it cannot. */
  readonly path: string | undefined;
  readonly format: string | undefined;
}

/** The domain that a text defines; undefined for any other text. */
function domainIn(document: XmlDocument): XmlElement | undefined {
  const { root } = document;
  return root?.localName === 'domain' && document.faults.length === 0 ? root : undefined;
}

export function isDomainXml(xml: string): boolean {
  return domainIn(scan(xml)) !== undefined;
}

/** The disks that a domain writes to. */
export function templateDisks(xml: string): readonly TemplateDisk[] {
  const domain = domainIn(scan(xml));
  return domain === undefined ? [] : ownDisks(domain).map(({ disk }) => disk);
}

function ownDisks(
  domain: XmlElement,
): readonly { readonly element: XmlElement; readonly disk: TemplateDisk }[] {
  const devices = childNamed(domain, 'devices');
  return (devices ? childrenNamed(devices, 'disk') : []).flatMap((element) => {
    const source = childNamed(element, 'source');
    const target = childNamed(element, 'target');
    const isDisk = (attributeValue(element, 'device') ?? 'disk') === 'disk';
    const isOwn = isDisk && !childNamed(element, 'readonly') && !childNamed(element, 'shareable');
    if (!source || !target || !isOwn) return [];
    const driver = childNamed(element, 'driver');
    const disk = {
      target: attributeValue(target, 'dev') ?? '',
      path: pathOf(source),
      format: driver && attributeValue(driver, 'type'),
    };
    return [{ element, disk }];
  });
}

function pathOf(source: XmlElement): string | undefined {
  const name = attributeValue(source, 'protocol') === 'rbd' ? attributeValue(source, 'name') : undefined;
  return attributeValue(source, 'file') ?? attributeValue(source, 'dev') ?? name;
}

/**
 * The definition of another domain like this one: its own name and disks, and all that must be its own left out, so
 * that libvirt makes it.
 * @param sources new ones, by target
 */
export function fromTemplate(xml: string, name: string, sources: ReadonlyMap<string, DiskSource>): string {
  const document = scan(xml);
  const domain = domainIn(document);
  if (!domain) return xml;
  const nameElement = childNamed(domain, 'name');
  const range = nameElement && textRangeOf(document, nameElement);
  return applyEdits(xml, [
    ...(range ? [{ range, newText: escapeXml(name) }] : []),
    ...emptied(document, domain),
    ...ownElements(domain).map((element) => removeElement(document, element)),
    ...ownDisks(domain).flatMap(({ element, disk }) => {
      const source = sources.get(disk.target);
      return source ? withSource(document, element, source) : [];
    }),
  ]);
}

/** What two domains must not have alike, and what libvirt names after a domain. */
function ownElements(domain: XmlElement): readonly XmlElement[] {
  const [devices, os] = [childNamed(domain, 'devices'), childNamed(domain, 'os')];
  const nvram = os && childNamed(os, 'nvram');
  const interfaces = devices ? childrenNamed(devices, 'interface') : [];
  const channels = devices ? childrenNamed(devices, 'channel') : [];
  return [
    ...childrenNamed(domain, 'uuid'),
    ...childrenNamed(domain, 'genid'),
    ...(nvram && attributeValue(nvram, 'template') === undefined ? [nvram] : []),
    ...interfaces.flatMap((element) => childrenNamed(element, 'mac')),
    ...channels
      .flatMap((element) => childrenNamed(element, 'source'))
      .filter((source) => /\/domain-|\/channel\/target\//.test(attributeValue(source, 'path') ?? '')),
  ];
}

/** The file of firmware variables is named after the domain; what it is made from is not. */
function emptied(document: XmlDocument, domain: XmlElement): readonly TextEdit[] {
  const os = childNamed(domain, 'os');
  const nvram = os && childNamed(os, 'nvram');
  const isMadeFromTemplate = nvram && attributeValue(nvram, 'template') !== undefined;
  const range = isMadeFromTemplate ? textRangeOf(document, nvram) : undefined;
  return range ? [{ range, newText: '' }] : [];
}

function withSource(document: XmlDocument, disk: XmlElement, source: DiskSource): readonly TextEdit[] {
  const old = ['auth', 'source', 'backingStore', 'mirror'].flatMap((name) => childrenNamed(disk, name));
  const driver = childNamed(disk, 'driver');
  const format = source.kind === 'rbd' ? 'raw' : source.format;
  return [
    ...setValue(document, disk, 'type', diskTypes[source.kind]),
    ...(driver ? setValue(document, driver, 'type', format) : []),
    ...old.map((element) => removeElement(document, element)),
    insertChildren(document, disk, diskSourceElements(source), { before: ['target'] }),
  ];
}

function setValue(
  document: XmlDocument,
  element: XmlElement,
  name: string,
  value: string,
): readonly TextEdit[] {
  const attribute = attributeNamed(element, name);
  if (attribute?.value === value) return [];
  return [
    attribute
      ? replaceValue(document, attribute, value)
      : addAttributes(document, element, { [name]: value }),
  ];
}
