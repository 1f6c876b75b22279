import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { connectListAllNwfilters } from './protocol/network.ts';
import type { NwfilterRef } from './protocol/refs.ts';

/** All network filters. Rejects with `ErrorCode.noSupport` where the driver has none. */
export async function listNwfilters(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<readonly NwfilterRef[]> {
  const args = { needResults: true, flags: 0 };
  return (await connection.call(connectListAllNwfilters, args, options)).filters;
}
