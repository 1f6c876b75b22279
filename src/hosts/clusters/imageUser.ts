import type { RbdImage } from '../../ceph/rbd.ts';
import type { HostSession } from '../hostSession.ts';
import type { ImageReference } from '../knowledge/rbdReferences.ts';

/** A domain of a connected host that names an RBD image. */
export interface ImageUser {
  readonly session: HostSession;
  readonly domain: { readonly name: string; readonly uuid: string };
  /** Which of its disks: `vda`. */
  readonly target: string;
  readonly role: ImageReference['role'];
  /** The snapshot of the image that it uses; undefined: the image itself. */
  readonly snapshot: string | undefined;
  /** The pool of libvirt by whose volume it names the image; undefined: by Ceph's own name. */
  readonly viaPool: string | undefined;
  readonly isReadOnly: boolean;
  readonly isShareable: boolean;
  /** The domain runs now, and has it as far as is known. */
  readonly isRunning: boolean;
  /** The next start will use it. */
  readonly isDefined: boolean;
}

/** Whether Ceph sees the domain as a watcher: one that only reads has none. */
export function isWatching({ isRunning, isReadOnly, snapshot }: ImageUser): boolean {
  return isRunning && !isReadOnly && snapshot === undefined;
}

/** `pool/image` or `pool/namespace/image`, as libvirt and people call it. */
export function fullName({ pool, namespace, image }: RbdImage): string {
  return [pool, ...(namespace === undefined ? [] : [namespace]), image].join('/');
}
