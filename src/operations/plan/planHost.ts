import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { Transport } from '../../transport/transport.ts';
import { standardInput, type ShellCommand, type ShellHost, type ShellInput } from './shell.ts';

/** A host of libvirt that a plan works on. */
export interface PlanHost {
  /** For people. */
  readonly name: string;
  readonly connection: LibvirtConnection;
  readonly transport: Transport;
  readonly shell: ShellHost;
  /** What virsh opens there: `qemu:///system`. */
  readonly driverUri: string;
}

/** `virsh` as one types it on the host. Without a URI it would take the user's own daemon for anybody but root. */
export function virshCommand(
  { driverUri }: Pick<PlanHost, 'driverUri'>,
  args: readonly string[],
  input?: ShellInput,
): ShellCommand {
  return { argv: ['virsh', '-c', driverUri, ...args], input };
}

/** The same with a definition, which virsh reads from standard input. */
export function virshDefine(host: Pick<PlanHost, 'driverUri'>, verb: string, xml: string): ShellCommand {
  return virshCommand(host, [verb, standardInput], { kind: 'text', text: xml });
}
