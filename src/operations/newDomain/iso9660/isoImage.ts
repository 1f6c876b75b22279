import { directory, rootRecord, type Extent } from './directory.ts';
import { pathTable, terminator, volumeDescriptor } from './descriptors.ts';
import { jolietNames, primaryNames } from './fileNames.ts';
import { padded, SECTOR, sectors } from './fields.ts';

export interface IsoFile {
  /** Of the root folder. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** Where the parts lie, in sectors; the first 16 are for systems that boot. */
const at = {
  primary: 16,
  joliet: 17,
  terminator: 18,
  primaryTableLittle: 19,
  primaryTableBig: 20,
  jolietTableLittle: 21,
  jolietTableBig: 22,
  folders: 23,
} as const;

/**
 * A CD image of a few files (ECMA-119), which Linux and BSD read with their names by Rock Ridge and Windows by Joliet.
 * @param volumeId what the system finds it by, up to 16 characters
 */
export function isoImage(volumeId: string, files: readonly IsoFile[], date: Date): Buffer {
  const folderSectors = sectors(directory(primaryNames(files), placeholder(files), date, 0).length);
  const jolietFolder = at.folders + folderSectors;
  const jolietSectors = sectors(directory(jolietNames(files), placeholder(files), date, 0).length);
  const extents = placeFiles(files, jolietFolder + jolietSectors);
  const primaryRoot = directory(primaryNames(files), extents, date, at.folders);
  const jolietRoot = directory(jolietNames(files), extents, date, jolietFolder);
  const end =
    jolietFolder + jolietSectors + files.reduce((sum, { content }) => sum + sectors(content.length), 0);
  const shared = { volumeId, size: end, date };
  return Buffer.concat([
    Buffer.alloc(at.primary * SECTOR),
    volumeDescriptor({
      ...shared,
      isJoliet: false,
      tables: [at.primaryTableLittle, at.primaryTableBig],
      root: rootRecord({ sector: at.folders, size: primaryRoot.length }, date),
    }),
    volumeDescriptor({
      ...shared,
      isJoliet: true,
      tables: [at.jolietTableLittle, at.jolietTableBig],
      root: rootRecord({ sector: jolietFolder, size: jolietRoot.length }, date),
    }),
    terminator(),
    pathTable(at.folders, 'little'),
    pathTable(at.folders, 'big'),
    pathTable(jolietFolder, 'little'),
    pathTable(jolietFolder, 'big'),
    primaryRoot,
    jolietRoot,
    ...files.map(({ content }) => padded(content)),
  ]);
}

function placeholder(files: readonly IsoFile[]): readonly Extent[] {
  return files.map(() => ({ sector: 0, size: 0 }));
}

function placeFiles(files: readonly IsoFile[], first: number): readonly Extent[] {
  let sector = first;
  return files.map(({ content }) => {
    const extent = { sector, size: content.length };
    sector += sectors(content.length);
    return extent;
  });
}
