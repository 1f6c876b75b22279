import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { parsePoolCapabilities } from '../../libvirt/model/poolCapabilities.ts';
import { getPoolCapabilities } from '../../libvirt/node.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import { poolTypes, type PoolType } from './newPool.ts';

export interface OfferedType {
  readonly type: PoolType;
  /** undefined: the daemon does not tell. */
  readonly supported: boolean | undefined;
  /** Formats that the source may have; undefined: the daemon does not tell. */
  readonly formats: readonly string[] | undefined;
}

/**
 * All types of pools, and which of them the daemon has backends for. A daemon older than libvirt 5.2 does not tell: then
 * it is found out when one is defined.
 */
export async function offeredTypes(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<readonly OfferedType[]> {
  try {
    const known = await parsePoolCapabilities(await getPoolCapabilities(connection, options));
    return poolTypes.map((type) => {
      const capabilities = known.get(type);
      return {
        type,
        supported: capabilities?.supported ?? false,
        formats: capabilities?.sourceFormats ?? [],
      };
    });
  } catch (error) {
    if (!isLibvirtError(error, ErrorCode.noSupport)) throw error;
    return poolTypes.map((type) => ({ type, supported: undefined, formats: undefined }));
  }
}
