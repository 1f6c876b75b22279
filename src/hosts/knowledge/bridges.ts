import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';

/**
 * Prints the names of the Linux bridges, then, where there is Open vSwitch, of its bridges; `?` when it does not tell. libvirt has no question for them where its interface driver is not installed.
 */
const script = `
for b in /sys/class/net/*/bridge; do
  [ -d "$b" ] && b=\${b%/bridge} && echo "\${b##*/}"
done
if [ -d /sys/module/openvswitch ] || command -v ovs-vsctl >/dev/null 2>&1; then
  ovs-vsctl --timeout=5 list-br 2>/dev/null || echo '?'
fi
exit 0`;

const timeoutMs = 20_000;

/** The bridges of the host; undefined when not all of them can be seen. */
export async function readBridges(
  transport: Transport,
  { signal }: WaitOptions,
): Promise<readonly string[] | undefined> {
  const { stdout } = await transport.exec(['sh', '-c', script], { signal, timeoutMs });
  return parseBridges(stdout.toString());
}

export function parseBridges(output: string): readonly string[] | undefined {
  const names = output.split('\n').filter((name) => name !== '');
  return names.includes('?') ? undefined : names.sort();
}
