/** The head of a file in QEMU's format qcow2. */
export interface Qcow2Header {
  readonly version: number;
  /** Bytes: what a guest would see. */
  readonly size: number;
  /** Whether it names an image below. */
  readonly hasBacking: boolean;
}

const magic = 0x514649fb;

/** @param hex what `od -tx1` prints of the first bytes; undefined when they are not those of a qcow2 file */
export function readQcow2Header(hex: string): Qcow2Header | undefined {
  const bytes = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
  if (bytes.length < 32 || bytes.readUInt32BE(0) !== magic) return undefined;
  const version = bytes.readUInt32BE(4);
  const clusterBits = bytes.readUInt32BE(20);
  if (version < 2 || version > 3 || clusterBits < 9 || clusterBits > 21) return undefined;
  return {
    version,
    size: Number(bytes.readBigUInt64BE(24)),
    hasBacking: bytes.readBigUInt64BE(8) !== 0n,
  };
}
