import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';

/** A configuration of a cluster on a host: `/etc/ceph/ceph.conf`. */
export interface CephConfiguration {
  readonly path: string;
  /** What the file is called: `ceph`, `backup`. */
  readonly clusterName: string;
  /** undefined where it does not say. */
  readonly fsid: string | undefined;
  /** `mon_host` as it is written; undefined where it does not say. */
  readonly monitors: string | undefined;
}

/** A file with the keys of Ceph users. Of them only the names are read. */
export interface CephKeyring {
  readonly path: string;
  /** `client.admin` ... */
  readonly entities: readonly string[];
  readonly viaSudo: boolean;
}

/** What there is of Ceph on a host. */
export interface CephOnHost {
  readonly programs: ReadonlySet<string>;
  /** $CEPH_ARGS of those who log in. */
  readonly args: string;
  readonly configurations: readonly CephConfiguration[];
  readonly keyrings: readonly CephKeyring[];
  /** Files that this user may not read, not even by sudo. */
  readonly unreadable: readonly string[];
}

/** Prints a fact a line, what files hold and are called in base64. Of a keyring only who is in it leaves the host. */
const script = `
b() { base64 | tr -d '\\n'; }
for p in ceph rbd sudo; do command -v $p >/dev/null 2>&1 && echo "program $p"; done
[ -n "$CEPH_ARGS" ] && echo "args $(printf %s "$CEPH_ARGS" | b)"
[ "$(id -u)" = 0 ] && echo "root yes"
[ -d /etc/ceph ] && ! [ -x /etc/ceph ] && echo "locked $(printf %s /etc/ceph | b)"
for f in /etc/ceph/*.conf /etc/ceph/*keyring; do
  [ -f "$f" ] || continue
  n=$(printf %s "$f" | b)
  if ! [ -r "$f" ]; then echo "locked $n"; continue; fi
  case $f in
    *.conf) echo "conf $n $(b <"$f")" ;;
    *) echo "keyring $n $(sed -n 's/^[[:space:]]*\\[\\(.*\\)\\].*/\\1/p' "$f" | b)" ;;
  esac
done
exit 0`;

const timeoutMs = 15_000;

/** Looks into /etc/ceph; what this user may not read, by `sudo -n`, where that asks for no password. */
export async function readCephOnHost(transport: Transport, options: WaitOptions = {}): Promise<CephOnHost> {
  const wait = { timeoutMs, ...options };
  const own = parseFacts((await transport.exec(['sh', '-c', script], wait)).stdout.toString());
  const mayUseSudo = own.locked.length > 0 && own.programs.has('sudo') && !own.isRoot;
  const root = mayUseSudo ? await transport.exec(['sudo', '-n', 'sh', '-c', script], wait) : undefined;
  if (root?.exitCode !== 0) return { ...own, unreadable: own.locked };
  const all = parseFacts(root.stdout.toString());
  const ownPaths = new Set(own.keyrings.map(({ path }) => path));
  return {
    ...own,
    configurations: all.configurations,
    keyrings: all.keyrings.map((keyring) => ({ ...keyring, viaSudo: !ownPaths.has(keyring.path) })),
    unreadable: [],
  };
}

type Facts = Omit<CephOnHost, 'unreadable'> & {
  readonly isRoot: boolean;
  readonly locked: readonly string[];
};

export function parseFacts(output: string): Facts {
  const lines = output.split('\n').map((line) => line.split(' '));
  const all = (word: string): readonly (readonly string[])[] =>
    lines.filter(([first]) => first === word).map(([, ...rest]) => rest);
  return {
    isRoot: all('root').length > 0,
    programs: new Set(all('program').flatMap(([name]) => name ?? [])),
    args: all('args').map(([args]) => decode(args))[0] ?? '',
    configurations: all('conf').map(([path, content]) => configuration(decode(path), decode(content))),
    keyrings: all('keyring').map(([path, entities]) => ({
      path: decode(path),
      entities: decode(entities)
        .split('\n')
        .filter((entity) => entity !== ''),
      viaSudo: false,
    })),
    locked: all('locked').map(([path]) => decode(path)),
  };
}

function decode(text = ''): string {
  return Buffer.from(text, 'base64').toString();
}

function configuration(path: string, content: string): CephConfiguration {
  return {
    path,
    clusterName: path.slice(path.lastIndexOf('/') + 1).replace(/\.conf$/, ''),
    fsid: settingIn(content, 'fsid')?.toLowerCase(),
    monitors: settingIn(content, 'mon_host'),
  };
}

/** The last value of a setting in a ceph.conf, whose names may be written with spaces or dashes. */
function settingIn(content: string, name: string): string | undefined {
  return content
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, key = '', value = ''] = /^\s*([a-z][a-z _-]*?)\s*=\s*([^#;]*)/i.exec(line) ?? [];
      const trimmed = value.trim();
      return key.toLowerCase().replaceAll(/[ -]+/g, '_') === name && trimmed !== '' ? [trimmed] : [];
    })
    .at(-1);
}
