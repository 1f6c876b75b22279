import { t } from '../../base/l10n.ts';
import {
  defaultMachine,
  offeredCpuModes,
  offeredFirmwares,
  offeredGraphics,
  offersTpm,
} from '../../operations/newDomain/defaults.ts';
import type { Graphics, NewMachine } from '../../operations/newDomain/newDomain.ts';
import type { Firmware, OperatingSystem } from '../../operations/newDomain/operatingSystems.ts';
import type { DiskSource } from '../../operations/storage/diskSource.ts';
import type { Answer, Choice } from '../prompts/askPick.ts';
import type { Ask } from '../prompts/wizard.ts';
import { askIso } from './askVolume.ts';
import type { HostReader } from './hostReader.ts';

/** What has a good default and is asked for on request only. */
export interface Settings {
  readonly machine: NewMachine;
  readonly graphics: Graphics;
  readonly hasVirtio: boolean;
  readonly driversCd: DiskSource | undefined;
}

type Setting = 'done' | 'virtType' | 'firmware' | 'cpuMode' | 'tpm' | 'graphics' | 'drivers';

export async function defaultSettings(
  reader: HostReader,
  system: OperatingSystem,
  virtType: string,
): Promise<Settings> {
  const capabilities = await reader.machineOffer(virtType);
  return {
    machine: defaultMachine(system, await reader.offer(), capabilities),
    graphics: offeredGraphics(capabilities)[0] ?? 'none',
    hasVirtio: system.hasVirtio,
    driversCd: undefined,
  };
}

/** Shows what is set and lets each be changed, until it is good. @param summary of what was answered before */
export async function askSettings(
  ask: Ask,
  reader: HostReader,
  system: OperatingSystem,
  { start, summary }: { readonly start: Settings; readonly summary: string },
): Promise<Settings> {
  let settings = start;
  for (;;) {
    const setting = await ask.pick({
      placeholder: t('Review the XML, or change a setting first'),
      choices: await settingChoices(reader, system, settings, summary),
    });
    if (setting === 'done') return settings;
    settings = await change(ask, reader, system, settings, setting);
  }
}

async function settingChoices(
  reader: HostReader,
  system: OperatingSystem,
  { machine, graphics, hasVirtio, driversCd }: Settings,
  summary: string,
): Promise<readonly Choice<Setting>[]> {
  const capabilities = await reader.machineOffer(machine.virtType);
  const { virtTypes } = await reader.offer();
  const choice = (value: Setting, label: string, description: string, isOffered = true): Choice<Setting>[] =>
    isOffered ? [{ label, description, value }] : [];
  return [
    { label: `$(check) ${t('Review the XML')}`, detail: summary, value: 'done' },
    ...choice(
      'firmware',
      t('Firmware'),
      firmwareName(machine.firmware),
      offeredFirmwares(capabilities).length > 1,
    ),
    ...choice(
      'drivers',
      t('Disk and network devices'),
      hasVirtio ? virtioName(driversCd) : t('emulated: no drivers needed'),
      !system.hasVirtio,
    ),
    ...choice('graphics', t('Screen'), graphicsName(graphics)),
    ...choice('tpm', t('TPM 2.0'), machine.hasTpm ? t('emulated') : t('none'), offersTpm(capabilities)),
    ...choice(
      'cpuMode',
      t('CPU model'),
      cpuModeName(machine.cpuMode),
      offeredCpuModes(capabilities).length > 1,
    ),
    ...choice('virtType', t('Virtualization'), virtTypeName(machine.virtType), virtTypes.length > 1),
  ];
}

async function change(
  ask: Ask,
  reader: HostReader,
  system: OperatingSystem,
  settings: Settings,
  setting: Exclude<Setting, 'done'>,
): Promise<Settings> {
  const { machine } = settings;
  const capabilities = await reader.machineOffer(machine.virtType);
  switch (setting) {
    case 'firmware': {
      const firmware = await pickOne(ask, offeredFirmwares(capabilities), firmwareName, machine.firmware);
      return { ...settings, machine: { ...machine, firmware } };
    }
    case 'cpuMode': {
      const cpuMode = await pickOne(ask, offeredCpuModes(capabilities), cpuModeName, machine.cpuMode);
      return { ...settings, machine: { ...machine, cpuMode } };
    }
    case 'graphics': {
      const graphics = await pickOne(ask, offeredGraphics(capabilities), graphicsName, settings.graphics);
      return { ...settings, graphics };
    }
    case 'tpm':
      return { ...settings, machine: { ...machine, hasTpm: !machine.hasTpm } };
    case 'virtType': {
      const { virtTypes } = await reader.offer();
      const virtType = await pickOne(ask, virtTypes, virtTypeName, machine.virtType);
      const { firmware, hasTpm } = machine;
      const changed = (await defaultSettings(reader, system, virtType)).machine;
      return { ...settings, machine: { ...changed, firmware, hasTpm } };
    }
    case 'drivers':
      return { ...settings, ...(await askDrivers(ask, reader)) };
  }
}

async function pickOne<T extends Answer>(
  ask: Ask,
  values: readonly T[],
  nameOf: (value: T) => string,
  now: T | undefined,
): Promise<T> {
  return ask.pick({
    placeholder: t('Now: {0}', now === undefined ? t('none') : nameOf(now)),
    choices: values.map((value) => ({ label: nameOf(value), value })),
    preselected: (value) => value === now,
  });
}

async function askDrivers(ask: Ask, reader: HostReader): Promise<Pick<Settings, 'hasVirtio' | 'driversCd'>> {
  const kind = await ask.pick<'emulated' | 'cd' | 'there'>({
    placeholder: t('Disk and network devices'),
    choices: [
      {
        label: t('Emulated (SATA, e1000e)'),
        detail: t('Every operating system has drivers for them. Slower.'),
        value: 'emulated',
      },
      {
        label: t('virtio, with its drivers on a second CD'),
        detail: t('Windows asks for them during the installation: the CD is virtio-win.iso.'),
        value: 'cd',
      },
      { label: t('virtio, whose drivers it has'), value: 'there' },
    ],
  });
  return {
    hasVirtio: kind !== 'emulated',
    driversCd: kind === 'cd' ? await askIso(ask, reader, t('The CD with the virtio drivers')) : undefined,
  };
}

function virtioName(driversCd: DiskSource | undefined): string {
  return driversCd ? t('virtio, with its drivers on a second CD') : 'virtio';
}

function firmwareName(firmware: Firmware): string {
  return { bios: 'BIOS', uefi: 'UEFI', 'secure-boot': t('UEFI with Secure Boot') }[firmware];
}

function graphicsName(graphics: Graphics): string {
  return graphics === 'none' ? t('none: a serial console only') : graphics.toUpperCase();
}

function virtTypeName(virtType: string): string {
  return virtType === 'qemu' ? t('qemu: emulated, slow') : virtType;
}

function cpuModeName(mode: string | undefined): string {
  switch (mode) {
    case 'host-passthrough':
      return t('host-passthrough: the host’s own CPU');
    case 'host-model':
      return t('host-model: moves to similar hosts');
    case 'maximum':
      return t('maximum: all that can be emulated');
    default:
      return mode ?? t('QEMU’s default');
  }
}
