import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { VolumeWipe } from '../../../libvirt/protocol/storageVolume.ts';
import { isRbdVolume, wipeVolume } from '../../../libvirt/volumes.ts';
import { confirm } from '../../prompts/confirm.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { checkVolume, refuseOpen, remarks } from './volumeCheck.ts';
import { onVolumes } from './volumeWork.ts';

/** Looks first at who uses it: libvirt wipes the disk of a running domain without a word. */
export const wipeVolumeCommand = objectCommand({
  id: 'libvirt.volume.wipe',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host, ref } = node;
    const check = await onObject(
      node,
      services,
      { title: t('Looking at what uses {0} on {1}', name, host.name) },
      (_host, signal) => checkVolume(host, ref, services, signal),
    );
    refuseOpen(check, t('It is not wiped.'));
    const isRbd = isRbdVolume(ref);
    const algorithm = await wizard(t('Wipe {0}', name), (ask) =>
      ask.pick({
        placeholder: t('What is written over the data?'),
        choices: isRbd ? rbdAlgorithms() : algorithms(),
      }),
    );
    if (algorithm === undefined) return;
    const hasSnapshots = check.findings.rbd?.kind === 'known' && check.findings.rbd.snapshots.length > 0;
    const agreed = await confirm(
      t('Wipe the volume {0} of the pool {1} on {2}?', name, ref.pool, host.name),
      sentences(
        t('All its data is overwritten and lost; the volume stays.'),
        isRbd
          ? undefined
          : t('A qcow2 file is no qcow2 file any more: nothing but the wiped bytes is left of it.'),
        hasSnapshots ? t('Its snapshots still hold what it was: they are not wiped.') : undefined,
        remarks(check),
      ),
      t('Wipe Volume'),
    );
    if (!agreed) return;
    const progress = {
      title: t('Wiping the volume {0} on {1}', name, host.name),
      patience: {
        afterMs: 5000,
        message: t('It takes as long as the storage does. Cancelling ends this wait alone: libvirt goes on.'),
      },
    };
    await onVolumes(node, node.parent, services, progress, ({ connection }, signal) =>
      wipeVolume(connection, ref, algorithm, { signal }),
    );
  },
});

function rbdAlgorithms(): readonly Choice<number>[] {
  return [
    {
      label: t('Discard'),
      detail: t('Ceph throws the objects away: quick, and the image takes no space.'),
      value: VolumeWipe.trim,
    },
    {
      label: t('Zeros'),
      detail: t('Writes zeros over all of it: slow, and the image takes its full space then.'),
      value: VolumeWipe.zero,
    },
  ];
}

function algorithms(): readonly Choice<number>[] {
  const scrub = t('needs the program scrub on the host');
  const pattern = (label: string, value: number): Choice<number> => ({ label, description: scrub, value });
  return [
    { label: t('Zeros'), detail: t('One pass; enough for every disk of today.'), value: VolumeWipe.zero },
    pattern(t('Random bytes, one pass'), VolumeWipe.random),
    pattern('NNSA NAP-14.1-C', VolumeWipe.nnsa),
    pattern('DoD 5220.22-M', VolumeWipe.dod),
    pattern('BSI', VolumeWipe.bsi),
    pattern('Gutmann', VolumeWipe.gutmann),
    pattern('Schneier', VolumeWipe.schneier),
    pattern('Pfitzner, 7', VolumeWipe.pfitzner7),
    pattern('Pfitzner, 33', VolumeWipe.pfitzner33),
  ];
}
