import { monitorsInConfiguration } from '../../operations/pools/rbd/monitorList.ts';

/** A configuration of a cluster on a host: `/etc/ceph/ceph.conf`. */
export interface CephConfiguration {
  readonly path: string;
  /** What the file is called: `ceph`, `backup`. */
  readonly clusterName: string;
  /** undefined where it does not say. */
  readonly fsid: string | undefined;
  /** Names and addresses of the monitors, without ports. */
  readonly monitors: readonly string[];
  /** Where it says that the keys of clients are, as patterns of a shell: `/etc/pve/priv/ceph.client.*.keyring`. */
  readonly keyrings: readonly string[];
  /** Only root can read it, and `sudo -n` lets this user be root. */
  readonly viaSudo: boolean;
}

/** Reads a ceph.conf: sections, settings whose names may be written with spaces or dashes, lines that go on. */
export function parseConfiguration(path: string, content: string, viaSudo: boolean): CephConfiguration {
  const clusterName = path.slice(path.lastIndexOf('/') + 1).replace(/\.conf$/, '');
  const settings = settingsIn(content);
  const valueOf = (name: string): string | undefined =>
    (
      settings.findLast((one) => one.name === name && one.section === 'global') ??
      settings.findLast((one) => one.name === name)
    )?.value;
  return {
    path,
    clusterName,
    fsid: valueOf('fsid')?.toLowerCase(),
    monitors: [...new Set(monitorsInConfiguration(joined(content)).map(({ name }) => name.toLowerCase()))],
    keyrings: [
      ...new Set(
        settings.flatMap(({ section, name, value }) =>
          name === 'keyring' && /^(?:global|client(?:\..*)?)$/s.test(section)
            ? patternsOf(value, clusterName, section)
            : [],
        ),
      ),
    ],
    viaSudo,
  };
}

interface Setting {
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

function joined(content: string): string {
  return content.replaceAll(/\\\r?\n/g, ' ');
}

function settingsIn(content: string): readonly Setting[] {
  let section = 'global';
  return joined(content)
    .split(/\r?\n/)
    .flatMap((line) => {
      const heading = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
      if (heading !== undefined) {
        section = heading.trim();
        return [];
      }
      const [, key = '', value = ''] = /^\s*([a-z][a-z0-9 _-]*?)\s*=\s*([^#;]*)/i.exec(line) ?? [];
      const trimmed = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
      if (trimmed === '') return [];
      return [{ section, name: key.toLowerCase().replaceAll(/[ -]+/g, '_'), value: trimmed }];
    });
}

/** A `keyring` setting may name several files, with variables for whom it is read. */
function patternsOf(value: string, clusterName: string, section: string): readonly string[] {
  const name = section.startsWith('client.') ? section : 'client.*';
  const variables: Readonly<Record<string, string>> = {
    cluster: clusterName,
    type: 'client',
    name,
    id: name.slice('client.'.length),
  };
  return value
    .split(/[,\s]+/)
    .filter((path) => path.startsWith('/'))
    .map((path) =>
      path.replaceAll(/\$(?:\{([a-z]+)\}|(cluster|type|name|id))/g, (whole, a?: string, b?: string) => {
        return variables[a ?? b ?? ''] ?? whole;
      }),
    );
}

/** Whether a path is one of those that a pattern with `*` stands for. */
export function isPathLike(pattern: string, path: string): boolean {
  const expression = pattern
    .split('*')
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`^${expression}$`, 's').test(path);
}
