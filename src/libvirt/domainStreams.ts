import type { Duplex, Readable } from 'node:stream';
import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { ConsoleFlag, domainOpenConsole, domainScreenshot } from './protocol/domainStream.ts';
import type { DomainRef } from './protocol/refs.ts';

export interface ConsoleOptions extends WaitOptions {
  /** The alias of the device, `serial0`; default the first console. */
  readonly device?: string | undefined;
  /** Throws out whoever has the console open. Default false: then it fails with `ErrorCode.operationFailed`. */
  readonly force?: boolean | undefined;
}

/** The raw bytes of a text console, both ways. It ends when the guest stops. */
export async function openConsole(
  connection: LibvirtConnection,
  domain: DomainRef,
  options: ConsoleOptions = {},
): Promise<Duplex> {
  const flags = options.force === true ? ConsoleFlag.force : 0;
  const args = { domain, device: options.device, flags };
  return (await connection.openStream(domainOpenConsole, args, options)).stream;
}

export interface Screenshot {
  /** `image/png` or `image/x-portable-pixmap` */
  readonly mime: string;
  readonly stream: Readable;
}

export async function takeScreenshot(
  connection: LibvirtConnection,
  domain: DomainRef,
  screen = 0,
  options?: WaitOptions,
): Promise<Screenshot> {
  const { result, stream } = await connection.openStream(
    domainScreenshot,
    { domain, screen, flags: 0 },
    options,
  );
  return { mime: result.mime ?? 'image/x-portable-pixmap', stream };
}
