import { parseXml } from './element.ts';
import { readSize } from './storagePool.ts';

export interface VolumeModel {
  readonly name: string;
  readonly key: string;
  /** `file`, `block`, `network` ... */
  readonly type: string | undefined;
  /** Bytes. */
  readonly capacity: number | undefined;
  readonly allocation: number | undefined;
  /** Bytes of the file itself; undefined for what is no file. */
  readonly physical: number | undefined;
  /** Of an RBD image `pool/image`. */
  readonly path: string | undefined;
  /** `raw`, `qcow2` */
  readonly format: string | undefined;
  /** The path of the volume that this one is an overlay of. */
  readonly backing: string | undefined;
  readonly backingFormat: string | undefined;
  /** `luks`; undefined where the content is not encrypted. */
  readonly encryption: string | undefined;
  /** The UUID of the secret that opens it. */
  readonly encryptionSecret: string | undefined;
}

/** Reads what `getVolumeXml()` gives. */
export async function parseVolume(xml: string): Promise<VolumeModel> {
  const volume = await parseXml(xml);
  const target = volume.child('target');
  const backing = volume.child('backingStore');
  const encryption = target?.child('encryption');
  return {
    name: volume.textOf('name') ?? '',
    key: volume.textOf('key') ?? '',
    type: volume.attribute('type'),
    capacity: readSize(volume.child('capacity')),
    allocation: readSize(volume.child('allocation')),
    physical: readSize(volume.child('physical')),
    path: target?.textOf('path'),
    format: target?.child('format')?.attribute('type'),
    backing: backing?.textOf('path'),
    backingFormat: backing?.child('format')?.attribute('type'),
    encryption: encryption?.attribute('format'),
    encryptionSecret: encryption?.child('secret')?.attribute('uuid'),
  };
}
