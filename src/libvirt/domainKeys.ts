import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { domainSendKey } from './protocol/domain.ts';
import type { DomainRef } from './protocol/refs.ts';

/** VIR_KEYCODE_SET_LINUX of libvirt-domain.h: key codes as in linux/input-event-codes.h. */
const linux = 0;

/** Presses keys together and lets them go after `holdMs`. At most 16. */
export async function sendKeys(
  connection: LibvirtConnection,
  domain: DomainRef,
  keycodes: readonly number[],
  { holdMs = 100, ...options }: WaitOptions & { readonly holdMs?: number } = {},
): Promise<void> {
  const args = { domain, codeset: linux, holdTime: holdMs, keycodes, flags: 0 };
  await connection.call(domainSendKey, args, options);
}
