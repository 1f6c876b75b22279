import type { DomainDisk } from './disk.ts';

/** Whether the disk is an RBD image by its own XML. */
export function isRbd({ source }: Pick<DomainDisk, 'source'>): boolean {
  return source?.type === 'network' && source.protocol === 'rbd';
}

/** Whether it is an RBD image or may be one: what a volume is, its pool says. */
export function mayBeRbd(disk: Pick<DomainDisk, 'source'>): boolean {
  return isRbd(disk) || disk.source?.type === 'volume';
}
