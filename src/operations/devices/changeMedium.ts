import { setTimeout as sleep } from 'node:timers/promises';
import { readDiskSource } from '../../libvirt/model/disk.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';
import type { NewElement } from '../../xml/writer.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import { updateAndVerify, type DeviceChange, type DomainPlace } from './deviceChange.ts';
import { editable } from './deviceElement.ts';
import type { DeviceKey } from './deviceKey.ts';
import { DeviceProblem } from './deviceProblem.ts';
import { diskType, formatOf, sourceElements } from './diskDrive.ts';
import type { Effect } from './effect.ts';
import { storageName, storageNameOfDisk, type AttachableSource } from './diskStorage.ts';

/** What a drive has because of the medium that is in it. */
const ofMedium = new Set(['auth', 'source', 'backingStore', 'mirror']);

export interface MediumOptions extends WaitOptions {
  /** Also out of a drive that the guest has locked. Default false. */
  readonly force?: boolean | undefined;
}

/** A firmware that looks for something to boot from closes the tray that libvirt has just opened: it is let go on. */
const pausesMs = [0, 50, 150, 400, 800, 1500, 2500, 4000, 6000];

/** Puts a medium into a drive in the place of what is in it, or with undefined takes it out, and looks whether it is so. */
export async function changeMedium(
  place: DomainPlace,
  key: DeviceKey,
  source: AttachableSource | undefined,
  effect: Effect,
  { force, ...options }: MediumOptions = {},
): Promise<void> {
  const change = (): Promise<void> =>
    updateAndVerify(place, key, mediumChange(source, force), effect, options);
  for (const pauseMs of pausesMs) {
    try {
      await change();
      return;
    } catch (error) {
      if (!(error instanceof DeviceProblem) || error.code !== 'tray-closed') throw error;
    }
    await waitFor(sleep(pauseMs), options, () => '');
  }
  await change();
}

function mediumChange(source: AttachableSource | undefined, force = false): DeviceChange {
  return {
    force,
    change: (element) => {
      const drive = editable(element);
      const kept = (drive.children ?? []).filter(({ name }) => !ofMedium.has(name));
      return {
        ...drive,
        attributes: { ...drive.attributes, type: diskType(source) },
        children: [...kept.map((child) => withFormat(child, source)), ...sourceElements(source)],
      };
    },
    isDone: (element) => nameOfMedium(element) === (source && storageName(source)),
  };
}

function withFormat(child: NewElement, source: AttachableSource | undefined): NewElement {
  return child.name === 'driver'
    ? { ...child, attributes: { ...child.attributes, type: formatOf(source) } }
    : child;
}

function nameOfMedium(element: XmlElement): string | undefined {
  const source = readDiskSource(element);
  return source && storageNameOfDisk(source);
}
