/** What a file is, by its first bytes. `raw`: it has no mark that is known, as a disk image has none. */
export type ImageFormat =
  | 'raw'
  | 'iso'
  | 'qcow2'
  | 'qed'
  | 'vmdk'
  | 'vdi'
  | 'vhdx'
  | 'vpc'
  | 'gzip'
  | 'xz'
  | 'zstd'
  | 'bzip2'
  | 'zip';

interface Mark {
  readonly format: ImageFormat;
  readonly offset: number;
  readonly bytes: string;
}

/** Bytes in Latin 1. */
const marks: readonly Mark[] = [
  { format: 'qcow2', offset: 0, bytes: 'QFI\xfb' },
  { format: 'qed', offset: 0, bytes: 'QED\0' },
  { format: 'vmdk', offset: 0, bytes: 'KDMV' },
  { format: 'vmdk', offset: 0, bytes: '# Disk DescriptorFile' },
  { format: 'vhdx', offset: 0, bytes: 'vhdxfile' },
  { format: 'vpc', offset: 0, bytes: 'conectix' },
  { format: 'vdi', offset: 64, bytes: '\x7f\x10\xda\xbe' },
  { format: 'gzip', offset: 0, bytes: '\x1f\x8b' },
  { format: 'xz', offset: 0, bytes: '\xfd7zXZ\0' },
  { format: 'zstd', offset: 0, bytes: '\x28\xb5\x2f\xfd' },
  { format: 'bzip2', offset: 0, bytes: 'BZh' },
  { format: 'zip', offset: 0, bytes: 'PK\x03\x04' },
  { format: 'iso', offset: 0x8001, bytes: 'CD001' },
];

/** As many first bytes as are looked at. */
export const headLength = 0x8001 + 5;

export function detectFormat(head: Buffer): ImageFormat {
  const found = marks.find(
    ({ offset, bytes }) => head.subarray(offset, offset + bytes.length).toString('latin1') === bytes,
  );
  return found?.format ?? 'raw';
}

const compressed: readonly ImageFormat[] = ['gzip', 'xz', 'zstd', 'bzip2', 'zip'];

/** Whether it must be unpacked before a guest can use it. */
export function isCompressed(format: ImageFormat): boolean {
  return compressed.includes(format);
}

/** Whether its bytes are those that a guest sees. */
export function isPlain(format: ImageFormat): boolean {
  return format === 'raw' || format === 'iso';
}
