import type { XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import { wholeDescendant, type WrittenDomain } from './writtenDomains.ts';

/** What a domain says of its firmware. */
export interface WrittenFirmware {
  readonly os: XmlElement;
  /** `efi` or `bios` when libvirt is to choose the image. */
  readonly chosen: string | undefined;
  readonly loader: XmlElement | undefined;
  readonly nvram: XmlElement | undefined;
  readonly isUefi: boolean;
}

export function firmwareOf({ element }: WrittenDomain): WrittenFirmware | undefined {
  const os = wholeDescendant(element, 'os');
  if (os === undefined) return undefined;
  const chosen = attributeValue(os, 'firmware');
  const loader = childNamed(os, 'loader');
  const isFlash = loader !== undefined && attributeValue(loader, 'type') === 'pflash';
  return { os, chosen, loader, nvram: childNamed(os, 'nvram'), isUefi: chosen === 'efi' || isFlash };
}

/** Whether the machine is a PC, as far as the domain says. */
export function isPc({ architecture }: WrittenDomain): boolean {
  return architecture === 'x86_64' || architecture === 'i686';
}
