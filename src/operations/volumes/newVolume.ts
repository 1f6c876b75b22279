import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { PoolRef, SecretRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { VolumeCreate } from '../../libvirt/protocol/storageVolume.ts';
import { undefineSecret } from '../../libvirt/secrets.ts';
import { createVolume, deleteVolume } from '../../libvirt/volumes.ts';
import { createSecret, type SecretHost } from '../secrets/defineSecret.ts';
import { VolumeProblem } from './volumeProblem.ts';
import { volumeXml, type NewVolume } from './volumeXml.ts';

/** What is taken of the storage at once: nothing, what the format keeps books with, all. */
export type Preallocation = 'none' | 'metadata' | 'full';

export interface VolumeOrder extends Omit<NewVolume, 'allocation' | 'encryptionSecret'> {
  readonly preallocation: Preallocation;
  /** Encrypts it with LUKS. `usage` is what the new secret is for: the path that the volume will have. */
  readonly encryption?: { readonly passphrase: string; readonly usage: string } | undefined;
}

/**
 * Creates an empty volume, and the secret that opens it. libvirt cannot be stopped while it allocates: when this is
 * cancelled, what was made is deleted as soon as it is there. When something fails, nothing is left, or a VolumeProblem
 * says what.
 */
export async function createNewVolume(
  host: SecretHost,
  pool: PoolRef,
  order: VolumeOrder,
  options: Pick<WaitOptions, 'signal'> = {},
): Promise<VolumeRef> {
  const { preallocation, encryption, ...volume } = order;
  const secret = encryption && (await passphraseSecret(host, order.name, encryption, options));
  try {
    const xml = volumeXml({
      ...volume,
      encryptionSecret: secret?.uuid,
      allocation: preallocation === 'full' ? volume.capacity : 0,
    });
    const withBooks = volume.format === 'qcow2' && volume.backing === undefined && preallocation !== 'none';
    return await makeVolume(
      host,
      untilMeasured(() =>
        createVolume(host.connection, pool, xml, withBooks ? VolumeCreate.preallocMetadata : 0),
      ),
      options,
    );
  } catch (error) {
    if (secret) await undefineSecret(host.connection, secret);
    throw error;
  }
}

const measureTries = 5;

/** For LUKS, qemu-img measures how fast the host derives keys, and fails where it is too busy to tell: tried again. */
function untilMeasured(create: () => Promise<VolumeRef>): () => Promise<VolumeRef> {
  return async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await create();
      } catch (error) {
        const isBusy = messageOf(error).includes('Unable to get accurate CPU usage');
        if (!isBusy || tries === measureTries) throw error;
      }
    }
  };
}

async function passphraseSecret(
  host: SecretHost,
  volume: string,
  { passphrase, usage }: NonNullable<VolumeOrder['encryption']>,
  options: WaitOptions,
): Promise<SecretRef> {
  return createSecret(
    host,
    {
      usage: { type: 'volume', id: usage },
      description: t('Passphrase of the volume {0}', volume),
      private: false,
    },
    Buffer.from(passphrase),
    options,
  );
}

/** Waits for libvirt to make a volume; after a cancel it is deleted when it has been made. */
export async function makeVolume(
  host: SecretHost,
  make: () => Promise<VolumeRef>,
  { signal }: Pick<WaitOptions, 'signal'>,
): Promise<VolumeRef> {
  const isCancelled = (): boolean => signal?.aborted === true;
  if (isCancelled()) throw new CancelledError();
  const made = await make();
  if (!isCancelled()) return made;
  await deleteLeftOver(host, made);
  throw new CancelledError();
}

/** How long a volume may be busy with the transfer that was just ended. */
const releaseMs = 5000;

/** Deletes a volume that was not finished. Rejects with a {@link VolumeProblem} that says that it is still there. */
export async function deleteLeftOver({ name, connection }: SecretHost, volume: VolumeRef): Promise<void> {
  const giveUp = performance.now() + releaseMs;
  for (;;) {
    try {
      await deleteVolume(connection, volume, 0, { timeoutMs: 30_000 });
      return;
    } catch (error) {
      const isBusy = isLibvirtError(error, ErrorCode.operationInvalid, ErrorCode.systemError);
      if (!isBusy || performance.now() > giveUp) {
        throw new VolumeProblem(
          'left-over',
          t(
            'The unfinished volume {0} is still in the pool {1} on {2}: {3}',
            volume.name,
            volume.pool,
            name,
            messageOf(error),
          ),
          { cause: error, advice: t('Delete it there.') },
        );
      }
      await sleep(200);
    }
  }
}
