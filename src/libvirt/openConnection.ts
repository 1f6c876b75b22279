import type { Duplex } from 'node:stream';
import type { WaitOptions } from '../base/waiting.ts';
import { type ConnectionOptions, LibvirtConnection } from './connection.ts';

export interface OpenOptions extends ConnectionOptions, WaitOptions {
  /** What the daemon shall open: `qemu:///system`. */
  readonly uri: string;
  /** Default false. */
  readonly readOnly?: boolean | undefined;
}

/** Authenticates and opens a hypervisor connection over a byte stream to the daemon, which it owns from now on. */
export async function openConnection(stream: Duplex, options: OpenOptions): Promise<LibvirtConnection> {
  return Promise.resolve(new LibvirtConnection(stream, options));
}
