import { parseXml, type XmlElement } from '../../../libvirt/model/element.ts';
import { updateAndVerify } from '../../../operations/devices/deviceChange.ts';
import { deviceXml, editable, withChild } from '../../../operations/devices/deviceElement.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import { virshCommand } from '../../../operations/plan/planHost.ts';
import { standardInput } from '../../../operations/plan/shell.ts';
import type { NewElement } from '../../../xml/writer.ts';
import type { Patient } from '../../patient.ts';
import { refuseRunning } from './rebaseStep.ts';
import type { DiskChain } from './diskChains.ts';

/** How the definition of a disk is written anew. */
export interface DiskEdit {
  readonly title: string;
  readonly undoTitle: string;
  readonly change: (disk: XmlElement) => NewElement;
  readonly isDone: (disk: XmlElement) => boolean;
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

/** The disk of a chain as its domain's definition has it. */
export async function definedDisk({ domain, disk }: DiskChain): Promise<XmlElement | undefined> {
  const devices = (await parseXml(domain.xml)).child('devices')?.children('disk') ?? [];
  return devices.find((one) => one.child('target')?.attribute('dev') === disk.target);
}

/** The disk on another file. */
export function withFile(disk: XmlElement, file: string): NewElement {
  return withChild(editable(disk), 'source', { name: 'source', attributes: { file } });
}

export function isOnFile(disk: XmlElement, file: string): boolean {
  return disk.child('source')?.attribute('file') === file;
}
