import type { TextRange, XmlAttribute, XmlDocument } from '../../xml/document.ts';
import { attributeNamed, attributeValue, textOf, textRangeOf } from '../../xml/queries.ts';
import { wholeDescendant, type WrittenDomain } from './writtenDomains.ts';

/** How many virtual CPUs a domain may have. */
export interface WrittenVcpus {
  /** 1 when there is no `<vcpu>`. */
  readonly maximum: number;
  /** undefined when there is no `<vcpu>`. */
  readonly range: TextRange | undefined;
  /** `current`, with what it says. */
  readonly current: { readonly attribute: XmlAttribute; readonly count: number } | undefined;
}

/** undefined when what is written is no number. */
export function vcpusOf(document: XmlDocument, { element }: WrittenDomain): WrittenVcpus | undefined {
  const isWritten = element.children.some((child) => child.kind === 'element' && child.localName === 'vcpu');
  if (!isWritten) return { maximum: 1, range: undefined, current: undefined };
  const vcpu = wholeDescendant(element, 'vcpu');
  const maximum = vcpu && countIn(textOf(vcpu).trim());
  if (vcpu === undefined || maximum === undefined) return undefined;
  const attribute = attributeNamed(vcpu, 'current');
  const count = attribute && countIn(attribute.value);
  const current = attribute === undefined || count === undefined ? undefined : { attribute, count };
  return { maximum, range: textRangeOf(document, vcpu), current };
}

/** A topology as `<cpu>` says it. */
export interface WrittenTopology {
  readonly range: TextRange;
  /** How many CPUs it has in all. */
  readonly count: number;
  /** `sockets`, and how many CPUs one has. */
  readonly sockets: XmlAttribute;
  readonly inSocket: number;
}

export function topologyOf({ element }: WrittenDomain): WrittenTopology | undefined {
  const topology = wholeDescendant(element, 'cpu', 'topology');
  const sockets = topology && attributeNamed(topology, 'sockets');
  if (topology === undefined || sockets === undefined) return undefined;
  const inSocket = ['dies', 'clusters', 'cores', 'threads']
    .map((name) => countIn(attributeValue(topology, name) ?? (isOptional(name) ? '1' : '')))
    .reduce(
      (product, count) => (product === undefined || count === undefined ? undefined : product * count),
      1,
    );
  const socketCount = countIn(sockets.value);
  if (inSocket === undefined || socketCount === undefined) return undefined;
  return { range: topology.nameRange, count: socketCount * inSocket, sockets, inSocket };
}

/** libvirt refuses a topology without cores or threads; what is missing there may be misspelt. */
function isOptional(name: string): boolean {
  return name === 'dies' || name === 'clusters';
}

function countIn(text: string): number | undefined {
  const number = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  return number > 0 ? number : undefined;
}
