import type { PoolOffer } from '../../storage/poolOffer.ts';

/** A volume that is made for a new domain, once the person says so. */
export type VolumePlan = EmptyVolume | CopiedVolume | WrittenVolume;

interface PlannedVolume {
  readonly pool: PoolOffer;
  readonly name: string;
  readonly format: 'qcow2' | 'raw';
}

export interface EmptyVolume extends PlannedVolume {
  readonly kind: 'empty';
  /** Bytes. */
  readonly capacity: number;
}

/** The content of another volume. In an RBD pool a copy-on-write clone, where the other is in the same pool. */
export interface CopiedVolume extends PlannedVolume {
  readonly kind: 'copy';
  readonly from: ExistingVolume;
  /** Bytes; at least what the other has. */
  readonly capacity: number;
}

/** A small volume whose content is known: a CD image for cloud-init. */
export interface WrittenVolume extends PlannedVolume {
  readonly kind: 'written';
  readonly format: 'raw';
  readonly content: Uint8Array;
}

export interface ExistingVolume {
  readonly pool: PoolOffer;
  readonly name: string;
  /** `qcow2`, `raw`; undefined where libvirt does not tell. */
  readonly format: string | undefined;
  /** Bytes: what a guest sees. */
  readonly capacity: number;
}
