import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { isLibvirtError } from '../../../libvirt/errors.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import { parseVolume } from '../../../libvirt/model/volume.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { ErrorCode } from '../../../libvirt/protocol/errorCodes.ts';
import { VolumeDelete } from '../../../libvirt/protocol/storageVolume.ts';
import { deleteVolume, getVolumeXml, isRbdVolume } from '../../../libvirt/volumes.ts';
import { mapInTurns } from '../../../operations/volumes/mapInTurns.ts';
import { VolumeProblem } from '../../../operations/volumes/volumeProblem.ts';
import type { VolumeNode } from '../../explorer/objects/volumeNode.ts';
import { withProgress } from '../../progress.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { checkVolume, listOf, refuseOpen, remarks, type VolumeCheck } from './volumeCheck.ts';
import { onVolumes } from './volumeWork.ts';

/** Looks first at who uses it: libvirt deletes the disk of a running domain without a word. */
export const deleteVolumeCommand = objectCommand({
  id: 'libvirt.volume.delete',
  on: { kinds: ['volume'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, host } = node;
    const { check, secret } = await onObject(
      node,
      services,
      { title: t('Looking at what uses {0} on {1}', name, host.name) },
      async ({ connection }, signal) => ({
        check: await checkVolume(host, node.ref, services, signal),
        secret: await secretOf(connection, node.ref, signal),
      }),
    );
    refuseDeletion(check);
    const snapshots = snapshotsOf(check);
    const agreed = await confirm(
      t('Delete the volume {0} of the pool {1} on {2}?', name, node.ref.pool, host.name),
      sentences(
        t('All its data is lost.'),
        snapshots.length === 0 ? undefined : t('So are its snapshots: {0}.', listOf(snapshots)),
        secret === undefined
          ? undefined
          : t('Its passphrase stays in the secret {0}: copies of the volume may need it.', secret),
        remarks(check),
      ),
      t('Delete Volume'),
    );
    if (!agreed) return;
    await onVolumes(
      node,
      node.parent,
      services,
      { title: t('Deleting the volume {0} on {1}', name, host.name) },
      ({ connection }, signal) => deleteChecked(connection, check, services, signal),
    );
  },
  bulk: {
    title: (count) => t('Deleting {0} volumes', count),
    prepare: async (nodes, services) => {
      const checks = await checkAll(nodes, services);
      const able = checks.filter(({ refusal }) => refusal === undefined);
      const [first] = checks;
      if (able.length === 0) throw first?.refusal ?? new TypeError('no volumes');
      const agreed = await confirm(
        t('Delete {0} volumes?', able.length),
        deletionText(checks),
        t('Delete Volumes'),
      );
      if (!agreed) return undefined;
      return async (node, { connection }, signal) => {
        const found = checks.find((one) => one.node === node);
        if (found?.refusal !== undefined) throw found.refusal;
        try {
          if (found?.check) await deleteChecked(connection, found.check, services, signal);
        } finally {
          if (node.parent) services.explorer.redraw(node.parent);
        }
      };
    },
  },
});

interface Checked {
  readonly node: VolumeNode;
  readonly check: VolumeCheck | undefined;
  /** Why it cannot be deleted, undefined when it can. */
  readonly refusal: Error | undefined;
}

function checkAll(nodes: readonly VolumeNode[], services: CommandServices): Promise<readonly Checked[]> {
  let done = 0;
  return withProgress(
    { title: t('Looking at what uses {0} volumes', nodes.length) },
    async (signal, report) =>
      mapInTurns(nodes, 2, async (node) => {
        const checked = await checkOne(node, services, signal);
        done += 1;
        report({ fraction: done / nodes.length, message: t('{0} of {1}', done, nodes.length) });
        return checked;
      }),
  );
}

async function checkOne(node: VolumeNode, services: CommandServices, signal: AbortSignal): Promise<Checked> {
  let check: VolumeCheck | undefined;
  try {
    check = await checkVolume(node.host, node.ref, services, signal);
    refuseDeletion(check);
    return { node, check, refusal: undefined };
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    return { node, check, refusal: error };
  }
}

/** How many volumes a dialog has room for. */
const listed = 10;

function deletionText(checks: readonly Checked[]): string {
  const able = checks.filter(({ refusal }) => refusal === undefined);
  const refused = checks.filter(({ refusal }) => refusal !== undefined);
  const lines = (all: readonly string[]): readonly string[] =>
    all.length > listed ? [...all.slice(0, listed), t('and {0} more', all.length - listed)] : all;
  const names = able.map(({ node, check }) =>
    sentences(
      t('{0} of {1} on {2}', node.name, node.ref.pool, node.host.name),
      check && snapshotsOf(check).length > 0 ? t('({0} snapshots)', snapshotsOf(check).length) : undefined,
      check && remarks(check),
    ),
  );
  return [
    ...lines(names),
    '',
    t('All their data is lost, and their snapshots.'),
    ...(refused.length === 0
      ? []
      : ['', t('These cannot be deleted:'), ...lines(refused.map(({ refusal }) => messageOf(refusal)))]),
  ].join('\n');
}

/** The UUID of the secret that opens an encrypted volume. */
async function secretOf(
  connection: LibvirtConnection,
  volume: VolumeRef,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isRbdVolume(volume)) return undefined;
  return (await parseVolume(await getVolumeXml(connection, volume, { signal }))).encryptionSecret;
}

function snapshotsOf({ findings }: VolumeCheck): readonly string[] {
  return findings.rbd?.kind === 'known' ? findings.rbd.snapshots.map(({ name }) => name) : [];
}

/** Rejects when somebody has it open, or when other volumes are based on it. */
export function refuseDeletion(check: VolumeCheck): void {
  const { volume, host, findings } = check;
  refuseOpen(check, t('It is not deleted.'));
  const [lock] = check.locks;
  if (lock) {
    throw new VolumeProblem(
      'in-use',
      t(
        '{0} on {1} is not deleted: it is locked by {2} at {3}.',
        volume.name,
        host.name,
        lock.locker,
        lock.address,
      ),
      { advice: t('“Delete RBD Image…” below the Ceph cluster shows the steps, breaking the lock is one.') },
    );
  }
  const children =
    findings.rbd?.kind === 'known'
      ? findings.rbd.children.map(({ image, pool }) => `${pool}/${image}`)
      : findings.overlays;
  if (children.length === 0) return;
  throw new VolumeProblem(
    'has-children',
    t(
      '{0} on {1} is not deleted: {2} hold only what differs from it.',
      volume.name,
      host.name,
      listOf(children),
    ),
    {
      advice:
        findings.rbd === undefined
          ? t('Delete those first, or make them independent with “qemu-img rebase”.')
          : t('Delete those first, or make them independent with “rbd flatten”.'),
    },
  );
}

/** Deletes what was looked at, unless a domain has opened it since. */
export async function deleteChecked(
  connection: LibvirtConnection,
  check: VolumeCheck,
  services: CommandServices,
  signal: AbortSignal,
): Promise<void> {
  const { volume, host } = check;
  // A domain may have been started while the question stood there.
  refuseDeletion(await checkVolume(host, volume, services, signal));
  const flags = snapshotsOf(check).length > 0 ? VolumeDelete.withSnapshots : VolumeDelete.normal;
  try {
    await deleteVolume(connection, volume, flags, { signal });
  } catch (error) {
    // libvirt says “No such file or directory” of an image that Ceph does not let go.
    if (!isRbdVolume(volume) || !isLibvirtError(error, ErrorCode.systemError)) throw error;
    throw new VolumeProblem('in-use', t('Ceph does not let {0} on {1} be removed.', volume.name, host.name), {
      cause: error,
      raw: error.raw,
      advice: t('Somebody has opened it, or made a snapshot or a clone of it. Look again in half a minute.'),
    });
  }
}
