import { sizeInBytes } from '../../base/sizes.ts';
import type { TextRange, XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue, textOf, textRangeOf } from '../../xml/queries.ts';
import { wholeDescendant, type WrittenDomain } from './writtenDomains.ts';

/** A size as a domain says it. */
export interface WrittenSize {
  readonly element: XmlElement;
  /** The number as written. */
  readonly text: string;
  readonly range: TextRange;
  /** undefined when it is left out: then KiB. */
  readonly unit: string | undefined;
  readonly bytes: number;
}

/** `<memory>` or `<currentMemory>`; undefined when it is missing or no size. */
export function memoryOf(
  document: XmlDocument,
  { element }: WrittenDomain,
  name: 'memory' | 'currentMemory',
): WrittenSize | undefined {
  const memory = wholeDescendant(element, name);
  const range = memory && textRangeOf(document, memory);
  if (memory === undefined || range === undefined) return undefined;
  const text = textOf(memory).trim();
  const unit = attributeValue(memory, 'unit');
  const bytes = sizeInBytes(text, unit ?? 'KiB');
  return bytes === undefined ? undefined : { element: memory, text, range, unit, bytes };
}

/** The size in the largest unit that gives a whole number: `4 GiB`. */
export function shownSize(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let index = 0;
  let number = bytes;
  while (number >= 1024 && number % 1024 === 0 && index < units.length - 1) {
    number /= 1024;
    index++;
  }
  return `${number} ${units[index] ?? ''}`;
}

/** Whether the sizes are those of NUMA cells: then `<memory>` is what they add up to. */
export function hasNumaCells({ element }: WrittenDomain): boolean {
  return wholeDescendant(element, 'cpu', 'numa', 'cell') !== undefined;
}
