import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { attachDisk, readAllDevices } from '../../../operations/devices/attachDisk.ts';
import type { Devices } from '../../../operations/devices/diskPlaces.ts';
import {
  attachableVolume,
  storageName,
  type AttachableSource,
} from '../../../operations/devices/diskStorage.ts';
import { createNewVolume } from '../../../operations/volumes/newVolume.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { CommandServices } from '../command.ts';
import { volumeHostOf } from '../volumes/volumeWork.ts';
import { driveOf, type DriveContext, type DriveSettings } from './askDrive.ts';
import type { ChosenStorage } from './askStorage.ts';
import { attachOrOffer } from './attachOrOffer.ts';
import { effectWords, onDevices, situationOf } from './deviceWork.ts';
import { agreeToUse } from './storageInUse.ts';

/** What a domain has, read before a disk is attached to it. */
export function readDrives(domain: DomainNode, services: CommandServices): Promise<Devices> {
  const title = t('Reading the devices of {0} on {1}', domain.name, domain.host.name);
  return onDevices(domain, services, { title }, (site, signal) =>
    readAllDevices(site, situationOf(domain), { signal }),
  );
}

/** Attaches a disk as the person wants it: makes the volume, asks where it is used already. */
export async function attachDrive(
  domain: DomainNode,
  services: CommandServices,
  storage: ChosenStorage | undefined,
  context: DriveContext,
  settings: DriveSettings,
): Promise<void> {
  const { name, host } = domain;
  const { target } = settings;
  const source = storage && (await prepare(domain, services, storage, context, settings));
  if (storage && !source) return;
  const drive = driveOf(settings, context, source);
  await attachOrOffer(domain, services, {
    title: t('Attaching {0} to {1} on {2}', target, name, host.name),
    effect: settings.effect,
    work: (site, effect, signal) => attachDisk(site, drive, effect, { signal }),
    done: (effect) => {
      const text = t('{0} is attached to {1} on {2}: {3}.', target, name, host.name, effectWords(effect));
      void vscode.window.showInformationMessage(text);
    },
  });
}

/** @returns undefined when the person thinks better of it */
async function prepare(
  domain: DomainNode,
  services: CommandServices,
  storage: ChosenStorage,
  { devices }: DriveContext,
  { readOnly, shareable }: DriveSettings,
): Promise<AttachableSource | undefined> {
  const { name, host } = domain;
  const title =
    storage.kind === 'new'
      ? t('Creating the volume {0} on {1}', storage.order.name, host.name)
      : t('Looking at the storage for {0} on {1}', name, host.name);
  const { source, agree } = await onDevices(domain, services, { title }, async (site, signal) => {
    const found = await sourceOf(site, domain, services, storage, signal);
    const isSafe = storage.kind === 'new' || readOnly || shareable;
    const ask = isSafe
      ? (): Promise<boolean> => Promise.resolve(true)
      : await agreeToUse(domain, services, storage, found, devices, signal);
    return { source: found, agree: ask };
  });
  return (await agree()) ? source : undefined;
}

async function sourceOf(
  { connection }: Parameters<Parameters<typeof onDevices>[3]>[0],
  domain: DomainNode,
  services: CommandServices,
  storage: ChosenStorage,
  signal: AbortSignal,
): Promise<AttachableSource> {
  switch (storage.kind) {
    case 'path':
      return storage.source;
    case 'volume':
      return (await attachableVolume(connection, storage.pool.ref, storage.volume, { signal })).source;
    case 'new': {
      const { site, order } = storage;
      const host = volumeHostOf(domain.host, services);
      const volume = await createNewVolume(host, site.ref, order, { signal });
      return (await attachableVolume(connection, site.ref, volume, { signal })).source;
    }
  }
}

/** What is attached, before it may be there: `web2 in rbd-pool`. */
export function storageWords(storage: ChosenStorage | undefined): string {
  switch (storage?.kind) {
    case undefined:
      return t('an empty drive');
    case 'volume':
      return t('{0} in the pool {1}', storage.volume.name, storage.pool.ref.name);
    case 'new':
      return t('the new volume {0} in the pool {1}', storage.order.name, storage.site.ref.name);
    case 'path': {
      const name = storageName(storage.source);
      return name.slice(name.indexOf(':') + 1);
    }
  }
}
