import { t } from '../../../base/l10n.ts';
import { formatBytes, parseNewSize } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import type { VolumeUser } from '../../../hosts/knowledge/volumeUsers.ts';
import { resizeDisk } from '../../../libvirt/domainDevices.ts';
import { lookupDomain } from '../../../libvirt/domains.ts';
import { getVolumeInfo } from '../../../libvirt/volumes.ts';
import { refuseVolumeSize } from '../../../operations/volumes/poolOffer.ts';
import { resizeVolumeTo } from '../../../operations/volumes/resizeVolumeTo.ts';
import { VolumeProblem } from '../../../operations/volumes/volumeProblem.ts';
import type { VolumeNode } from '../../explorer/objects/volumeNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { checkVolume, openBy, refuseOpen, remarks, type VolumeCheck } from './volumeCheck.ts';
import { onVolumes } from './volumeWork.ts';

/** The disk of a running domain is resized by QEMU, so that the guest sees it. */
export const resizeVolumeCommand = objectCommand({
  id: 'libvirt.volume.resize',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host, ref } = node;
    const { check, capacity } = await onObject(
      node,
      services,
      { title: t('Looking at what uses {0} on {1}', name, host.name) },
      async ({ connection }, signal) => ({
        check: await checkVolume(host, ref, services, signal),
        capacity: (await getVolumeInfo(connection, ref, { signal })).capacity,
      }),
    );
    const live = liveDisk(node, check);
    if (!live) refuseOpen(check, t('It is not resized.'));
    const size = await askSize(node, capacity, live);
    if (size === undefined || size === capacity) return;
    if (size < capacity && !(await confirmShrink(node, check, capacity, size))) return;
    await onVolumes(
      node,
      node.parent,
      services,
      { title: t('Resizing the volume {0} on {1} to {2}', name, host.name, formatBytes(size)) },
      async (machine, signal, report) => {
        if (!live) {
          await resizeVolumeTo(machine, ref, size, { signal, report });
          return;
        }
        const { connection } = machine;
        const domain = await lookupDomain(connection, live.user.domain.uuid, { signal });
        await resizeDisk(connection, domain, live.target, size, { signal });
      },
    );
  },
});

interface LiveDisk {
  readonly user: VolumeUser;
  readonly target: string;
}

/** The disk of the one running domain of this host that has the volume; undefined when it is not as simple. */
function liveDisk({ host, ref }: VolumeNode, { users, findings }: VolumeCheck): LiveDisk | undefined {
  const running = (users ?? []).filter(({ domain }) => domain.isActive);
  const [user] = running;
  if (!user || running.length > 1 || user.host !== host) return undefined;
  const names = [`volume:${ref.pool}/${ref.name}`, `rbd:${ref.key}`, `file:${ref.key}`, `block:${ref.key}`];
  const disk = user.domain.disks.find(({ storage }) => storage !== undefined && names.includes(storage));
  const isOpened =
    findings.rbd !== undefined || findings.openIn.some(({ target }) => target === disk?.target);
  return disk && isOpened ? { user, target: disk.target } : undefined;
}

function askSize(
  { name }: VolumeNode,
  capacity: number,
  live: LiveDisk | undefined,
): Promise<number | undefined> {
  return wizard(t('Resize {0}', name), async (ask) => {
    const text = await ask.text({
      prompt: sentences(
        t(
          'The capacity is {0}. Write the new one, such as 25G, or what is added, such as +5G.',
          formatBytes(capacity),
        ),
        live
          ? t('{0} is running and will see the new size of {1} at once.', live.user.domain.name, live.target)
          : undefined,
      ),
      placeholder: '+5G',
      refusal: (given) => {
        const size = parseNewSize(given, capacity);
        if (live && size !== undefined && size < capacity)
          return t('The disk of a running domain can only grow.');
        return refuseVolumeSize(size);
      },
    });
    return parseNewSize(text, capacity) ?? capacity;
  });
}

function confirmShrink(
  { name, ref, host }: VolumeNode,
  check: VolumeCheck,
  capacity: number,
  size: number,
): Promise<boolean> {
  if (openBy(check) !== undefined)
    throw new VolumeProblem('in-use', t('{0} on {1} is in use: it can only grow.', name, host.name));
  return confirm(
    t('Cut the volume {0} of the pool {1} on {2} down to {3}?', name, ref.pool, host.name, formatBytes(size)),
    sentences(
      t(
        'The last {0} of its {1} are lost. A file system or partition that reaches there is destroyed, unless it was shrunk inside the guest before.',
        formatBytes(capacity - size),
        formatBytes(capacity),
      ),
      remarks(check),
    ),
    t('Shrink Volume'),
  );
}
