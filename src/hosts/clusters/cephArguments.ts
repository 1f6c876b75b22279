/** Whom $CEPH_ARGS makes of those who run Ceph's programs. */
export interface PresetIdentity {
  readonly clientId: string;
  readonly keyring: string | undefined;
  readonly configuration: string | undefined;
  readonly clusterName: string | undefined;
}

/** Reads `--id libvirt --keyring=/etc/ceph/x.keyring -c /etc/ceph/backup.conf`; undefined where it names nobody. */
export function presetIdentity(args: string): PresetIdentity | undefined {
  const words = args.split(/\s+/).filter((word) => word !== '');
  const valueOf = (...options: readonly string[]): string | undefined => {
    for (const [index, word] of words.entries()) {
      const [option = '', value] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
      if (options.includes(option)) return value ?? words[index + 1];
    }
    return undefined;
  };
  const name = valueOf('--name', '-n');
  const clientId = valueOf('--id', '--user') ?? /^client\.(.+)$/s.exec(name ?? '')?.[1];
  if (clientId === undefined) return undefined;
  return {
    clientId,
    keyring: valueOf('--keyring', '-k'),
    configuration: valueOf('--conf', '-c'),
    clusterName: valueOf('--cluster'),
  };
}
