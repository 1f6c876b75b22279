import { both16, both32, padded, SECTOR, ucs2, volumeDate } from './fields.ts';

export interface VolumeDescriptor {
  readonly isJoliet: boolean;
  readonly volumeId: string;
  /** Of the whole image, in sectors. */
  readonly size: number;
  /** Sectors of the path tables: little endian, big endian. */
  readonly tables: readonly [number, number];
  readonly root: Buffer;
  readonly date: Date;
}

const pathTableBytes = 10;

/** ECMA-119 8.4 and 8.5; Joliet's is a supplementary one with an escape sequence for UCS-2. */
export function volumeDescriptor(volume: VolumeDescriptor): Buffer {
  const { isJoliet, volumeId, size, tables, root, date } = volume;
  const text = (value: string, length: number): Buffer =>
    isJoliet ? wide(value, length) : narrow(value, length);
  const [little, big] = [Buffer.alloc(4), Buffer.alloc(4)];
  little.writeUInt32LE(tables[0]);
  big.writeUInt32BE(tables[1]);
  return padded(
    Buffer.concat([
      Buffer.from([isJoliet ? 2 : 1]),
      Buffer.from('CD001\u0001\0', 'latin1'),
      text('', 32),
      text(volumeId, 32),
      Buffer.alloc(8),
      both32(size),
      Buffer.concat([Buffer.from(isJoliet ? '%/E' : '', 'latin1'), Buffer.alloc(32)], 32),
      both16(1),
      both16(1),
      both16(SECTOR),
      both32(pathTableBytes),
      little,
      Buffer.alloc(4),
      big,
      Buffer.alloc(4),
      root,
      ...[128, 128, 128, 128, 37, 37, 37].map((length) => text('', length)),
      volumeDate(date),
      volumeDate(date),
      volumeDate(undefined),
      volumeDate(date),
      Buffer.from([1, 0]),
    ]),
  );
}

function narrow(value: string, length: number): Buffer {
  return Buffer.from(value.slice(0, length).padEnd(length), 'latin1');
}

function wide(value: string, length: number): Buffer {
  const characters = Math.floor(length / 2);
  const bytes = ucs2(value.slice(0, characters).padEnd(characters));
  return Buffer.concat([bytes, Buffer.alloc(1)], length);
}

export function terminator(): Buffer {
  return padded(Buffer.from('\u00ffCD001\u0001', 'latin1'));
}

/** ECMA-119 9.4: of the root folder alone. */
export function pathTable(sector: number, order: 'little' | 'big'): Buffer {
  const table = Buffer.alloc(pathTableBytes);
  table[0] = 1;
  if (order === 'little') {
    table.writeUInt32LE(sector, 2);
    table.writeUInt16LE(1, 6);
  } else {
    table.writeUInt32BE(sector, 2);
    table.writeUInt16BE(1, 6);
  }
  return padded(table);
}
