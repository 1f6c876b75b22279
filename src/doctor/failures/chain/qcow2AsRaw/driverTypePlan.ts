import { t } from '../../../../base/l10n.ts';
import { readDisk } from '../../../../libvirt/model/disk.ts';
import type { XmlElement } from '../../../../libvirt/model/element.ts';
import { editable, withChild } from '../../../../operations/devices/deviceElement.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import type { NewElement } from '../../../../xml/writer.ts';
import type { Patient } from '../../../patient.ts';
import { checkChainStep } from '../checkChainStep.ts';
import { editDiskStep, type DiskEdit } from '../editDiskStep.ts';
import type { DiskChain } from '../diskChains.ts';
import { checkImageStep } from './checkImageStep.ts';

/** Lets the definition of a domain that is off say what its image is. @param element the disk as it is defined */
export function driverTypePlan(
  patient: Patient,
  chain: DiskChain,
  element: XmlElement,
  type: 'qcow2' | 'raw',
): Plan {
  const { planHost: host } = patient;
  const { domain, disk, links } = chain;
  const { ref } = domain.entry;
  const [{ path }] = links;
  const edit: DiskEdit = {
    title: t('Let {0} of {1} be of the type {2}', disk.target, ref.name, type),
    undoTitle: t('Let {0} of {1} be of the type {2}', disk.target, ref.name, disk.format ?? 'raw'),
    change: (one) => withType(one, type),
    isDone: (one) => readDisk(one).format === type,
  };
  return {
    title: t('Let {0} of {1} on {2} be used as {3}', disk.target, ref.name, host.name, type),
    remarks: [
      type === 'qcow2'
        ? t(
            'Do this only if you know that {0} was made as a qcow2 image. A guest can write such a head onto its raw disk itself, to be shown files of the host.',
            path,
          )
        : t(
            'Do this only if you know that {0} was made as a raw image. If it is one of another format whose head was damaged, restore it instead.',
            path,
          ),
    ],
    steps: [
      ...(type === 'qcow2' ? [checkImageStep(host, ref, path)] : []),
      editDiskStep(patient, chain, element, edit),
      checkChainStep(host, domain, [{ path, format: type }]),
    ],
  };
}

function withType(disk: XmlElement, type: string): NewElement {
  const whole = editable(disk);
  const driver = whole.children?.find(({ name }) => name === 'driver') ?? { name: 'driver' };
  return withChild(whole, 'driver', { ...driver, attributes: { name: 'qemu', ...driver.attributes, type } });
}
