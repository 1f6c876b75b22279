import type { CephAccess } from '../../ceph/cephAccess.ts';
import type { RbdImage } from '../../ceph/rbd.ts';
import { rbdImageOptions } from '../newDomain/storage/writeRbdImage.ts';

/** The image of a disk as qemu-img opens it on the host. */
export type ImageSpec =
  /** A file or block device. `format` is never guessed: a guest could forge it. */
  | { readonly kind: 'file' | 'block'; readonly path: string; readonly format: string }
  | {
      readonly kind: 'rbd';
      readonly image: RbdImage;
      readonly access: CephAccess;
      /** libvirt's secret that has the key; undefined where it is not to be read from there. */
      readonly secretUuid: string | undefined;
    };

/** An image as the options of QEMU's `-blockdev`; of an RBD image with a key, that key is the object `key`. */
export function imageOptions(spec: ImageSpec): string {
  if (spec.kind === 'rbd') {
    const options = rbdImageOptions(spec.image, spec.access);
    return spec.secretUuid === undefined ? options : `${options},key-secret=key`;
  }
  const driver = spec.kind === 'block' ? 'host_device' : 'file';
  return `driver=${spec.format},file.driver=${driver},file.filename=${spec.path.replaceAll(',', ',,')}`;
}

/** Whether one set of credentials opens both: qemu-img gets only one key. */
export function isReachedAlike(one: ImageSpec, other: ImageSpec): boolean {
  if (one.kind !== 'rbd' || other.kind !== 'rbd') return true;
  const [a, b] = [one.access, other.access];
  return a.key === b.key && a.clientId === b.clientId && a.monitors.join() === b.monitors.join();
}
