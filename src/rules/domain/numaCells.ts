import type { XmlAttribute, XmlElement } from '../../xml/document.ts';
import { sizeInBytes } from '../../base/sizes.ts';
import { attributeNamed, attributeValue, childrenNamed } from '../../xml/queries.ts';
import { parseCpuSet } from './cpuSets.ts';
import { wholeDescendant, type WrittenDomain } from './writtenDomains.ts';

/** A node of the guest's NUMA topology. */
export interface NumaCell {
  readonly element: XmlElement;
  readonly cpus: { readonly attribute: XmlAttribute; readonly set: ReadonlySet<number> } | undefined;
  /** undefined when it is missing or no size. */
  readonly bytes: number | undefined;
}

export function numaCellsOf({ element }: WrittenDomain): readonly NumaCell[] {
  const numa = wholeDescendant(element, 'cpu', 'numa');
  return (numa === undefined ? [] : childrenNamed(numa, 'cell')).map((cell) => {
    const attribute = attributeNamed(cell, 'cpus');
    const set = attribute && parseCpuSet(attribute.value);
    return {
      element: cell,
      cpus: attribute === undefined || set === undefined ? undefined : { attribute, set },
      bytes: sizeInBytes(attributeValue(cell, 'memory'), attributeValue(cell, 'unit') ?? 'KiB'),
    };
  });
}
