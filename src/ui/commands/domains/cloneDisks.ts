import { t } from '../../../base/l10n.ts';
import {
  proposeVolumeName,
  type ClonableDisk,
  type DiskChoice,
} from '../../../operations/cloneDomain/clonableDisk.ts';
import type { DiskOrder } from '../../../operations/cloneDomain/cloneDisk.ts';
import { refuseVolumeName } from '../../../operations/volumes/poolOffer.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** One way for all disks that can be copied, or another for each. */
type Way = 'copy' | 'overlay' | 'each';

/** Asks what becomes of the disks: one question where one answer does. */
export async function askCloneDisks(
  ask: Ask,
  disks: readonly ClonableDisk[],
  before: string,
  after: string,
): Promise<readonly DiskOrder[]> {
  const data = disks.filter(holdsData);
  const way: Way =
    data.length === 0
      ? 'copy'
      : await ask.pick({ placeholder: t('The disks of the clone'), choices: ways(data, before, after) });
  const orders: DiskOrder[] = [];
  const names = new Set<string>();
  for (const clonable of disks) {
    const usual = clonable.choices[0] ?? 'share';
    const isAsked = way === 'each' && holdsData(clonable);
    const choice = isAsked
      ? await askChoice(ask, clonable)
      : isWritten(clonable)
        ? (way as DiskChoice)
        : usual;
    const free = { ...clonable, taken: new Set([...clonable.taken, ...names]) };
    const proposed = proposeVolumeName(free, choice, before, after);
    const isMade = choice === 'copy' || choice === 'overlay';
    const name = isAsked && isMade ? await askName(ask, free, proposed) : proposed;
    if (isMade) names.add(name);
    orders.push({ disk: clonable.disk, source: clonable.source, choice, name });
  }
  return orders;
}

/** No medium: something can be lost or shared by mistake. */
function holdsData({ disk }: ClonableDisk): boolean {
  return disk.source !== undefined && disk.device !== 'cdrom' && disk.device !== 'floppy';
}

/** What both domains would write to. */
function isWritten(clonable: ClonableDisk): boolean {
  return holdsData(clonable) && clonable.choices[0] !== 'share';
}

function ways(disks: readonly ClonableDisk[], before: string, after: string): readonly Choice<Way>[] {
  const all = (choice: DiskChoice): boolean =>
    disks.every((disk) => !isBlocked(disk) && (!isWritten(disk) || disk.choices.includes(choice)));
  const list = (choice: DiskChoice): string =>
    disks
      .filter(isWritten)
      .map((disk) => t('{0}: {1}', disk.disk.target, proposeVolumeName(disk, choice, before, after)))
      .join(', ');
  const blocked = disks
    .filter(isBlocked)
    .map(({ disk, obstacle }) => t('{0}: {1}', disk.target, obstacle ?? ''));
  return [
    ...(all('copy')
      ? [{ label: t('Copies'), description: list('copy'), detail: copyDetail(), value: 'copy' as const }]
      : []),
    ...(all('overlay')
      ? [
          {
            label: t('Copy-on-write'),
            description: list('overlay'),
            detail: overlayDetail(disks),
            value: 'overlay' as const,
          },
        ]
      : []),
    {
      label: t('Choose for each disk'),
      detail:
        blocked.length > 0 ? t('Not all can be copied. {0}', blocked.join('; ')) : t('And name the volumes.'),
      value: 'each',
    },
  ];
}

function isBlocked({ obstacle }: ClonableDisk): boolean {
  return obstacle !== undefined;
}

function copyDetail(): string {
  return t('All data is copied: it takes time and space, and depends on nothing.');
}

function overlayDetail(disks: readonly ClonableDisk[]): string {
  return disks.some(({ source }) => source?.kind === 'volume')
    ? t('At once, and holds only what differs. The original must then never be changed.')
    : t('At once, and holds only what differs. Of the original a protected snapshot stays.');
}

async function askChoice(ask: Ask, clonable: ClonableDisk): Promise<DiskChoice> {
  const { disk, choices, obstacle } = clonable;
  return ask.pick({
    placeholder:
      obstacle === undefined
        ? t('Disk {0}', disk.target)
        : t('Disk {0} cannot be copied: {1}', disk.target, obstacle),
    choices: choices.map((choice) => choiceOf(choice, clonable)),
  });
}

function choiceOf(choice: DiskChoice, clonable: ClonableDisk): Choice<DiskChoice> {
  switch (choice) {
    case 'copy':
      return { label: t('Copy'), detail: copyDetail(), value: choice };
    case 'overlay':
      return { label: t('Copy-on-write'), detail: overlayDetail([clonable]), value: choice };
    case 'share':
      return {
        label: t('Use the same'),
        detail:
          clonable.disk.readOnly || clonable.disk.shareable
            ? t('Both use it.')
            : t('Both must never run at the same time: they would destroy its file system.'),
        value: choice,
      };
    case 'leave out':
      return { label: t('Leave out'), detail: t('The clone has no such disk.'), value: choice };
  }
}

function askName(ask: Ask, { disk, source, taken }: ClonableDisk, proposed: string): Promise<string> {
  const type = source?.kind === 'volume' ? source.poolModel.type : 'rbd';
  return ask.text({
    prompt: t('The name of the volume for disk {0} of the clone', disk.target),
    value: proposed,
    refusal: (name) => refuseVolumeName(name, type, taken),
  });
}

/** `vda: copied to web2`. */
export function describeOrder({ disk, choice, name }: DiskOrder): string {
  switch (choice) {
    case 'copy':
      return t('{0}: copied to {1}', disk.target, name);
    case 'overlay':
      return t('{0}: copy-on-write in {1}', disk.target, name);
    case 'share':
      return t('{0}: the same', disk.target);
    case 'leave out':
      return t('{0}: left out', disk.target);
  }
}
