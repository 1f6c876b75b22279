import { t } from '../../../../base/l10n.ts';
import { readDisk } from '../../../../libvirt/model/disk.ts';
import type { XmlElement } from '../../../../libvirt/model/element.ts';
import { updateAndVerify } from '../../../../operations/devices/deviceChange.ts';
import { deviceXml, editable, withChild } from '../../../../operations/devices/deviceElement.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import { virshCommand } from '../../../../operations/plan/planHost.ts';
import { standardInput } from '../../../../operations/plan/shell.ts';
import type { NewElement } from '../../../../xml/writer.ts';
import type { Patient } from '../../../patient.ts';
import { checkChainStep } from '../checkChainStep.ts';
import { refuseRunning } from '../rebaseStep.ts';
import type { DiskChain } from '../diskChains.ts';
import { checkImageStep } from './checkImageStep.ts';

/** How the definition of a disk is written anew. */
export interface DiskEdit {
  readonly title: string;
  readonly undoTitle: string;
  readonly change: (disk: XmlElement) => NewElement;
  readonly isDone: (disk: XmlElement) => boolean;
}

/** Lets the definition of a domain that is off say what its image is. @param element the disk as it is defined */
export function driverTypePlan(patient: Patient, chain: DiskChain, element: XmlElement): Plan {
  const { planHost: host } = patient;
  const { domain, disk, links } = chain;
  const { ref } = domain.entry;
  const [{ path }] = links;
  const edit: DiskEdit = {
    title: t('Let {0} of {1} be of the type {2}', disk.target, ref.name, 'qcow2'),
    undoTitle: t('Let {0} of {1} be of the type {2}', disk.target, ref.name, 'raw'),
    change: (one) => withType(one, 'qcow2'),
    isDone: (one) => readDisk(one).format === 'qcow2',
  };
  return {
    title: t('Let {0} of {1} on {2} be used as qcow2', disk.target, ref.name, host.name),
    remarks: [
      t(
        'Do this only if you know that {0} was made as a qcow2 image. A guest can write such a head onto its raw disk itself, to be shown files of the host.',
        path,
      ),
    ],
    steps: [
      checkImageStep(host, ref, path),
      editDiskStep(patient, chain, element, edit),
      checkChainStep(host, domain, [{ path, format: 'qcow2' }]),
    ],
  };
}

/** Changes a disk in the definition of a domain that is off. */
export function editDiskStep(
  patient: Patient,
  { domain, disk: { target } }: DiskChain,
  element: XmlElement,
  { title, undoTitle, change, isDone }: DiskEdit,
): PlanStep {
  const { planHost: host } = patient;
  const { ref } = domain.entry;
  const original = editable(element);
  const command = (disk: NewElement): PlanStep['commands'] => [
    virshCommand(host, ['update-device', '--domain', ref.name, '--file', standardInput, '--config'], {
      kind: 'text',
      text: deviceXml(disk),
    }),
  ];
  const update = async (
    to: Pick<DiskEdit, 'change' | 'isDone'>,
    wait: Parameters<PlanStep['run']>[0] | object,
  ): Promise<void> => {
    await refuseRunning(host, ref, wait);
    const place = { connection: host.connection, domain: ref };
    await updateAndVerify(place, { kind: 'disk', target }, to, 'next', wait);
    patient.host.inventory.domains.noteDefinition(ref.uuid);
  };
  return {
    title,
    host: host.shell,
    commands: command(change(element)),
    run: ({ signal }) => update({ change, isDone }, { signal }),
    undo: {
      title: undoTitle,
      commands: command(original),
      run: (wait) => update({ change: () => original, isDone: (one) => !isDone(one) }, wait),
    },
  };
}

function withType(disk: XmlElement, type: string): NewElement {
  const whole = editable(disk);
  const driver = whole.children?.find(({ name }) => name === 'driver') ?? { name: 'driver' };
  return withChild(whole, 'driver', { ...driver, attributes: { name: 'qemu', ...driver.attributes, type } });
}
