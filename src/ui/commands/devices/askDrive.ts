import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import {
  busesFor,
  canHotplug,
  freePlace,
  freeTarget,
  isTargetOf,
  type Devices,
  type DiskBus,
} from '../../../operations/devices/diskPlaces.ts';
import type { DiskDrive } from '../../../operations/devices/diskDrive.ts';
import {
  isLive,
  possibleEffects,
  type DomainSituation,
  type Effect,
} from '../../../operations/devices/effect.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';
import { effectChoices, effectWords } from './deviceWork.ts';

/** How a disk is to be attached, as the person sees and changes it. */
export interface DriveSettings {
  readonly bus: DiskBus;
  /** `vdb` */
  readonly target: string;
  readonly effect: Effect;
  readonly cache: string | undefined;
  readonly discard: DiskDrive['discard'];
  readonly serial: string | undefined;
  readonly readOnly: boolean;
  readonly shareable: boolean;
}

export interface DriveContext {
  readonly device: 'disk' | 'cdrom';
  /** What is attached: `web1-data, 20 GiB`. */
  readonly what: string;
  readonly devices: Devices;
  readonly situation: DomainSituation;
  /** In place of what is the default for any disk. */
  readonly proposed?: Partial<Pick<DriveSettings, 'serial'>> | undefined;
}

type Setting = keyof DriveSettings;

/** What is attached by pressing Enter: where it can be plugged in while the domain runs, there. */
export function defaultSettings({ device, devices, situation, proposed }: DriveContext): DriveSettings {
  const buses = busesOf({ device, devices });
  const bus = (situation.active ? buses.find(canHotplug) : buses[0]) ?? 'virtio';
  return {
    bus,
    target: freeTarget(bus, devices),
    effect: possibleEffects(situation)[0] ?? 'next',
    ...{ cache: undefined, serial: undefined, shareable: false },
    discard: device === 'disk' ? 'unmap' : undefined,
    readOnly: device === 'cdrom',
    ...proposed,
  };
}

function busesOf({ device, devices }: Pick<DriveContext, 'device' | 'devices'>): readonly DiskBus[] {
  const [domain] = devices;
  return domain ? busesFor(device, domain) : ['virtio'];
}

/** Shows how it will be attached; Enter does it, and each line can be changed first. */
export async function askDrive(ask: Ask, context: DriveContext): Promise<DriveSettings> {
  let settings = defaultSettings(context);
  for (;;) {
    const setting = await ask.pick({
      placeholder: t('Press Enter to attach it like this, or choose what to change.'),
      choices: lines(settings, context),
    });
    if (setting === 'attach') return settings;
    settings = { ...settings, ...(await change(ask, setting, settings, context)) };
  }
}

function lines(
  settings: DriveSettings,
  { device, what, situation }: DriveContext,
): readonly Choice<Setting | 'attach'>[] {
  const { bus, target, effect, cache, discard, serial, readOnly, shareable } = settings;
  const none = t('none');
  const yesOrNo = (is: boolean): string => (is ? t('yes') : t('no'));
  return [
    {
      label: t('Attach as {0}', target),
      description: effectWords(effect),
      detail: what,
      value: 'attach',
      icon: new vscode.ThemeIcon('add'),
    },
    { label: t('Bus'), description: busLabel(bus), value: 'bus' },
    { label: t('Name'), description: target, value: 'target' },
    ...(possibleEffects(situation).length > 1 && canHotplug(bus)
      ? [{ label: t('Takes effect'), description: effectWords(effect), value: 'effect' as const }]
      : []),
    ...(device === 'cdrom'
      ? []
      : [
          { label: t('Cache'), description: cache ?? t('default of QEMU'), value: 'cache' as const },
          {
            label: t('Discard'),
            description: discard === 'unmap' ? t('frees what the guest frees') : t('ignored'),
            value: 'discard' as const,
          },
          { label: t('Serial number'), description: serial ?? none, value: 'serial' as const },
          { label: t('Read-only'), description: yesOrNo(readOnly), value: 'readOnly' as const },
          { label: t('Shareable'), description: yesOrNo(shareable), value: 'shareable' as const },
        ]),
  ];
}

async function change(
  ask: Ask,
  setting: Setting,
  settings: DriveSettings,
  context: DriveContext,
): Promise<Partial<DriveSettings>> {
  const { devices, situation } = context;
  switch (setting) {
    case 'bus': {
      const bus = await ask.pick({
        placeholder: t('On which bus?'),
        choices: busesOf(context).map((value) => ({
          label: busLabel(value),
          description: situation.active && !canHotplug(value) ? t('only from the next start') : '',
          value,
        })),
        preselected: (value) => value === settings.bus,
      });
      const effect = canHotplug(bus) || !isLive(settings.effect) ? settings.effect : 'next';
      return { bus, effect, target: freeTarget(bus, devices) };
    }
    case 'target': {
      const target = await ask.text({
        prompt: t('The name by which libvirt knows the disk. The guest names its disks itself.'),
        value: settings.target,
        refusal: (given) => targetRefusal(given.trim(), settings.bus, devices),
      });
      return { target: target.trim() };
    }
    case 'effect':
      return {
        effect: await ask.pick({
          placeholder: t('When does it take effect?'),
          choices: effectChoices(possibleEffects(situation)),
        }),
      };
    case 'cache':
      return { cache: await askCache(ask) };
    case 'discard':
      return { discard: settings.discard === 'unmap' ? 'ignore' : 'unmap' };
    case 'serial': {
      const serial = await ask.text({
        prompt: t('What the guest shows as the serial number: /dev/disk/by-id. Empty for none.'),
        value: settings.serial,
        refusal: (given) =>
          /^[A-Za-z0-9_.+-]{0,20}$/.test(given.trim())
            ? undefined
            : t('At most 20 letters, digits and “_ . + -”.'),
      });
      return { serial: serial.trim() === '' ? undefined : serial.trim() };
    }
    case 'readOnly':
      return { readOnly: !settings.readOnly };
    case 'shareable':
      return { shareable: !settings.shareable };
  }
}

function targetRefusal(target: string, bus: DiskBus, devices: Devices): string | undefined {
  if (!isTargetOf(bus, target)) return t('On this bus names look like {0}.', freeTarget(bus, devices));
  return devices.some(({ disks }) => disks.some((disk) => disk.target === target))
    ? t('It has a disk {0} already.', target)
    : undefined;
}

function busLabel(bus: DiskBus): string {
  switch (bus) {
    case 'virtio':
      return 'virtio';
    case 'scsi':
      return 'SCSI (virtio-scsi)';
    case 'sata':
    case 'usb':
    case 'ide':
      return bus.toUpperCase();
    case 'fdc':
      return t('floppy controller');
  }
}

async function askCache(ask: Ask): Promise<string | undefined> {
  const cache = await ask.pick({ placeholder: t('How does the host cache it?'), choices: caches() });
  return cache === 'default' ? undefined : cache;
}

function caches(): readonly Choice<string>[] {
  return [
    { label: t('Default of QEMU'), value: 'default' },
    {
      label: 'none',
      detail: t('Past the page cache of the host: safe, and needed to migrate files.'),
      value: 'none',
    },
    {
      label: 'writeback',
      detail: t('Through a cache that is flushed when the guest asks. Usual for RBD.'),
      value: 'writeback',
    },
    {
      label: 'writethrough',
      detail: t('Each write waits for the storage: for guests that never flush.'),
      value: 'writethrough',
    },
    { label: 'directsync', detail: t('Past the page cache, and each write waits.'), value: 'directsync' },
    { label: 'unsafe', detail: t('Never flushed: data is lost when the host fails.'), value: 'unsafe' },
  ];
}

/** The disk that these settings describe. */
export function driveOf(
  { bus, target, cache, discard, serial, readOnly, shareable }: DriveSettings,
  { device, devices }: DriveContext,
  source: DiskDrive['source'],
): DiskDrive {
  const place = freePlace(bus, devices, target);
  return { device, source, place, cache, discard, serial, readOnly, shareable };
}
