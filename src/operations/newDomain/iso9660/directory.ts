import { both16, both32, padded, recordDate, SECTOR } from './fields.ts';
import type { NamedFile } from './fileNames.ts';

/** Where something lies. */
export interface Extent {
  readonly sector: number;
  /** Bytes. */
  readonly size: number;
}

const folderFlag = 2;
const self = Buffer.from([0]);
const parent = Buffer.from([1]);

/** The record of the root folder as volume descriptors hold it. */
export function rootRecord(extent: Extent, date: Date): Buffer {
  return record({ id: self, extent, date, flags: folderFlag });
}

/** The root folder, in whole sectors; a record does not cross their borders. @param extents of the files */
export function directory(
  names: readonly NamedFile[],
  extents: readonly Extent[],
  date: Date,
  sector: number,
): Buffer {
  const hasRockRidge = names.some(({ rockRidge }) => rockRidge !== undefined);
  const records = (size: number): readonly Buffer[] => [
    record({
      id: self,
      extent: { sector, size },
      date,
      flags: folderFlag,
      systemUse: hasRockRidge ? [sharingProtocol, posix(0o40755, 2), rockRidgeReference] : [],
    }),
    record({
      id: parent,
      extent: { sector, size },
      date,
      flags: folderFlag,
      systemUse: hasRockRidge ? [posix(0o40755, 2)] : [],
    }),
    ...names.map(({ id, rockRidge, index }) =>
      record({
        id,
        extent: extents[index] ?? { sector: 0, size: 0 },
        date,
        flags: 0,
        systemUse: rockRidge === undefined ? [] : [posix(0o100444, 1), realName(rockRidge)],
      }),
    ),
  ];
  return inSectors(records(inSectors(records(0)).length));
}

function inSectors(records: readonly Buffer[]): Buffer {
  const whole: Buffer[] = [];
  let current: Buffer[] = [];
  let used = 0;
  for (const one of records) {
    if (used + one.length > SECTOR) {
      whole.push(padded(Buffer.concat(current)));
      current = [];
      used = 0;
    }
    current.push(one);
    used += one.length;
  }
  return Buffer.concat([...whole, padded(Buffer.concat(current))]);
}

interface RecordParts {
  readonly id: Buffer;
  readonly extent: Extent;
  readonly date: Date;
  readonly flags: number;
  readonly systemUse?: readonly Buffer[];
}

/** ECMA-119 9.1. */
function record({ id, extent, date, flags, systemUse = [] }: RecordParts): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]),
    both32(extent.sector),
    both32(extent.size),
    recordDate(date),
    Buffer.from([flags, 0, 0]),
    both16(1),
    Buffer.from([id.length]),
    id,
    Buffer.alloc(id.length % 2 === 0 ? 1 : 0),
    ...systemUse,
  ]);
  const padding = Buffer.alloc((body.length + 1) % 2);
  return Buffer.concat([Buffer.from([1 + body.length + padding.length]), body, padding]);
}

/** SUSP 5.3: entries follow in the system use areas. */
const sharingProtocol = Buffer.from([0x53, 0x50, 7, 1, 0xbe, 0xef, 0]);

const rockRidgeId = Buffer.from('RRIP_1991A', 'latin1');

/** SUSP 5.5: by which extension they are to be read. */
const rockRidgeReference = Buffer.concat([
  Buffer.from([0x45, 0x52, 8 + rockRidgeId.length, 1, rockRidgeId.length, 0, 0, 1]),
  rockRidgeId,
]);

/** RRIP 4.1.1: owned by root. */
function posix(mode: number, links: number): Buffer {
  return Buffer.concat([Buffer.from([0x50, 0x58, 36, 1]), both32(mode), both32(links), both32(0), both32(0)]);
}

/** RRIP 4.1.4. */
function realName(name: string): Buffer {
  const bytes = Buffer.from(name);
  return Buffer.concat([Buffer.from([0x4e, 0x4d, 5 + bytes.length, 1, 0]), bytes]);
}
