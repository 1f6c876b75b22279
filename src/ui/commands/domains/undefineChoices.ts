import { t } from '../../../base/l10n.ts';
import { placeName } from '../../../operations/domains/diskPlace.ts';
import type { DeletableDisk } from '../../../operations/domains/undefine/deletableDisks.ts';
import type { DomainRemains } from '../../../operations/domains/undefine/domainRemains.ts';
import type { Choice } from '../../prompts/askPick.ts';

/** What may go with a definition: state that libvirt keeps, and volumes. */
export type Removable = 'saved state' | 'snapshots' | 'checkpoints' | 'nvram' | 'tpm' | DeletableDisk;

export function isVolume(removable: Removable): removable is DeletableDisk {
  return typeof removable === 'object';
}

export interface RemovableChoice {
  readonly choice: Choice<Removable>;
  readonly ticked: boolean;
}

/** What is there, and nothing else. Ticked is only what libvirt does not undefine the domain without. */
export function undefineChoices(
  { managedSave, snapshots, checkpoints, nvram, tpm }: DomainRemains,
  disks: readonly DeletableDisk[],
  isOn: boolean,
): readonly RemovableChoice[] {
  const state = (value: Removable, label: string, detail: string, ticked: boolean): RemovableChoice => ({
    choice: { label, detail, value },
    ticked,
  });
  return [
    ...(managedSave
      ? [state('saved state', t('Saved state'), t('The memory of the guest from when it was saved.'), true)]
      : []),
    ...(snapshots > 0
      ? [
          state(
            'snapshots',
            t('Records of snapshots: {0}', snapshots),
            t('What the snapshots hold stays in the volumes, or in files of their own.'),
            true,
          ),
        ]
      : []),
    ...(checkpoints > 0
      ? [
          state(
            'checkpoints',
            t('Records of checkpoints: {0}', checkpoints),
            t('The next backup will be a full one.'),
            true,
          ),
        ]
      : []),
    ...(nvram && !isOn
      ? [state('nvram', t('UEFI variables'), t('Boot entries and Secure Boot keys of the guest.'), false)]
      : []),
    ...(tpm && !isOn
      ? [state('tpm', t('State of the TPM'), t('Without it, what is encrypted with it stays closed.'), false)]
      : []),
    ...disks.flatMap(volumeChoice),
  ];
}

function volumeChoice(disk: DeletableDisk): readonly RemovableChoice[] {
  const { place, objections } = disk;
  if (place.kind === 'elsewhere') return [];
  return [
    {
      choice: {
        label: t('Volume {0}', placeName(place)),
        description: disk.disk.target,
        detail: objections.length > 0 ? objections.join(', ') : t('Its data is lost for good.'),
        value: disk,
      },
      ticked: false,
    },
  ];
}
