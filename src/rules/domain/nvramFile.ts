import type { TextRange, XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeNamed, attributeValue, childNamed, textOf, textRangeOf } from '../../xml/queries.ts';
import { firmwareOf } from './firmware.ts';
import { writtenDomainsOf, type WrittenDomain } from './writtenDomains.ts';

/** Where a domain of QEMU keeps the variables of its UEFI, when that is a file. */
export interface NvramFile {
  readonly domain: WrittenDomain;
  readonly path: string;
  /** Where the path stands. */
  readonly range: TextRange;
  /** The file that libvirt is told to make it from. */
  readonly template: string | undefined;
  /** Whether libvirt chooses the UEFI image, and with it the template. */
  readonly isChosen: boolean;
  /** The UEFI image that is named. */
  readonly loader: string | undefined;
}

/** Of the document's own domain; undefined where it names no such file. */
export function nvramFileOf(document: XmlDocument): NvramFile | undefined {
  const [domain] = writtenDomainsOf(document);
  if (domain?.isQemu !== true || domain.element.parent !== undefined) return undefined;
  const firmware = firmwareOf(domain);
  if (firmware?.isUefi !== true || firmware.nvram === undefined) return undefined;
  const { nvram, loader, chosen } = firmware;
  const named = pathIn(document, nvram);
  if (named?.path.startsWith('/') !== true) return undefined;
  return {
    domain,
    ...named,
    template: attributeValue(nvram, 'template'),
    isChosen: chosen === 'efi',
    loader: loader && textOf(loader),
  };
}

/** As text, or since libvirt 8.5.0 as a disk's `<source>`. */
function pathIn(document: XmlDocument, nvram: XmlElement): Pick<NvramFile, 'path' | 'range'> | undefined {
  const type = attributeValue(nvram, 'type');
  if (type === undefined) {
    return { path: textOf(nvram), range: textRangeOf(document, nvram) ?? nvram.nameRange };
  }
  const source = type === 'file' ? childNamed(nvram, 'source') : undefined;
  const file = source && attributeNamed(source, 'file');
  return file && { path: file.value, range: file.valueRange ?? file.range };
}
