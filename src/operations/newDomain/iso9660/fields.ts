/** Bytes of a sector of a CD. */
export const SECTOR = 2048;

export function sectors(bytes: number): number {
  return Math.ceil(bytes / SECTOR);
}

/** To whole sectors. */
export function padded(content: Uint8Array): Buffer {
  return Buffer.concat([content, Buffer.alloc(sectors(content.length) * SECTOR - content.length)]);
}

/** Numbers are there in both byte orders (ECMA-119 7.2.3, 7.3.3). */
export function both16(value: number): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt16LE(value, 0);
  field.writeUInt16BE(value, 2);
  return field;
}

export function both32(value: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeUInt32LE(value, 0);
  field.writeUInt32BE(value, 4);
  return field;
}

/** ECMA-119 9.1.5. */
export function recordDate(date: Date): Buffer {
  return Buffer.from([
    date.getUTCFullYear() - 1900,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    0,
  ]);
}

/** ECMA-119 8.4.26.1: sixteen digits and the zone. */
export function volumeDate(date: Date | undefined): Buffer {
  const digits = date?.toISOString().replace(/\D/g, '').slice(0, 16) ?? '';
  return Buffer.concat([Buffer.from(digits.padEnd(16, '0'), 'latin1'), Buffer.from([0])]);
}

/** Joliet's characters. */
export function ucs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}
