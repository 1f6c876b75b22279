import { parseXml } from './element.ts';

/** What the daemon can do with pools of one type. */
export interface PoolTypeCapabilities {
  /** Whether the daemon has the backend. */
  readonly supported: boolean;
  /** Formats that the source may have: file systems, partition tables; none where the type has no choice. */
  readonly sourceFormats: readonly string[];
}

/** Reads what `getPoolCapabilities()` gives: by type, `dir`, `iscsi-direct` ... */
export async function parsePoolCapabilities(xml: string): Promise<ReadonlyMap<string, PoolTypeCapabilities>> {
  const pools = (await parseXml(xml)).children('pool');
  return new Map(
    pools.map((pool) => {
      const enums = pool.child('poolOptions')?.children('enum') ?? [];
      const formats = enums.find((one) => one.attribute('name') === 'sourceFormatType');
      return [
        pool.attribute('type') ?? '',
        {
          supported: pool.attribute('supported') === 'yes',
          sourceFormats: (formats?.children('value') ?? []).map(({ text }) => text),
        },
      ];
    }),
  );
}
