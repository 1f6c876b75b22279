import { formatBytes, sizeInBytes } from '../../../base/sizes.ts';
import type { XmlElement } from '../../document.ts';
import { attributeValue, childNamed } from '../../queries.ts';
import {
  childText,
  childValue,
  type Describers,
  type Description,
  filled,
  joined,
  lineOf,
  parentName,
} from '../description.ts';

/** What a machine has: memory, processors, firmware; and sizes wherever they are. */
export const machineDescribers: Describers = {
  memory: size,
  currentMemory: size,
  maxMemory: size,
  hard_limit: size,
  soft_limit: size,
  swap_hard_limit: size,
  min_guarantee: size,
  size,
  requested: size,
  capacity: size,
  allocation: size,
  available: size,
  vcpu: (vcpu) => ({ detail: joined([filled(attributeValue(vcpu, 'current')), lineOf(vcpu)], '/') }),
  cpu: (cpu) => ({ detail: joined([filled(attributeValue(cpu, 'mode')), childText(cpu, 'model')]) }),
  os: (os) => {
    const loader = childNamed(os, 'loader');
    const isUefi =
      attributeValue(os, 'firmware') === 'efi' ||
      (loader !== undefined &&
        (attributeValue(loader, 'type') === 'pflash' || childNamed(os, 'nvram') !== undefined));
    const machine = childValue(os, 'type', 'machine') ?? childText(os, 'type');
    return { detail: joined([isUefi ? 'UEFI' : undefined, machine], ', ') };
  },
};

/** Memory is counted in KiB where no unit is given, storage in bytes. */
function size(element: XmlElement): Description | undefined {
  if (parentName(element) === 'devices') return undefined;
  const isStorage = ['volume', 'pool'].includes(parentName(element));
  const unit = filled(attributeValue(element, 'unit')) ?? (isStorage ? 'bytes' : 'KiB');
  const bytes = sizeInBytes(lineOf(element), unit);
  return bytes === undefined ? undefined : { detail: formatBytes(bytes) };
}
