import type { WaitOptions } from '../../base/waiting.ts';
import type { ExecResult, Transport } from '../../transport/transport.ts';
import { parseConfiguration, type CephConfiguration } from './configuration.ts';

/** A file with the keys of Ceph users. Of them only the names are read. */
export interface CephKeyring {
  readonly path: string;
  /** `client.admin` ... */
  readonly entities: readonly string[];
  /** Only root can read it, and `sudo -n` lets this user be root, or run Ceph's programs as root. */
  readonly viaSudo: boolean;
}

/** A file or folder that this user may not read. */
export interface UnreadableFile {
  readonly path: string;
  /** Empty where that cannot be seen. */
  readonly owner: string;
  readonly group: string;
  /** `640` */
  readonly mode: string;
}

/** What there is of Ceph on a host. */
export interface CephOnHost {
  /** Who is logged in there. */
  readonly user: string;
  /** Of `ceph`, `rbd` and `sudo` those that are installed. */
  readonly programs: ReadonlySet<string>;
  /** $CEPH_ARGS of those who log in. */
  readonly args: string;
  readonly configurations: readonly CephConfiguration[];
  readonly keyrings: readonly CephKeyring[];
  /** What is there and cannot be used: not even by sudo. */
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Prints a fact a line, what files hold and are called in base64. Of a keyring only who is in it leaves the host. The
 * arguments are patterns of more keyrings.
 */
const script = `
b() { base64 | tr -d '\\n'; }
locked() { echo "locked $(printf %s "$1" | b) $(stat -Lc '%U %G %a' "$1" 2>/dev/null)"; }
for p in ceph rbd sudo; do command -v $p >/dev/null 2>&1 && echo "program $p"; done
echo "user $(id -un)"
[ -n "$CEPH_ARGS" ] && echo "args $(printf %s "$CEPH_ARGS" | b)"
[ "$(id -u)" = 0 ] && echo "root yes"
if [ -d /etc/ceph ] && ! { [ -r /etc/ceph ] && [ -x /etc/ceph ]; }; then locked /etc/ceph; fi
IFS=
for g in '/etc/ceph/*.conf' '/etc/ceph/*keyring' "$@"; do for f in $g; do
  [ -f "$f" ] || [ -L "$f" ] || continue
  if ! [ -r "$f" ]; then locked "$f"; continue; fi
  n=$(printf %s "$f" | b)
  case $f in
    *.conf) echo "conf $n $(b <"$f")" ;;
    *) echo "keyring $n $(sed -n 's/^[[:space:]]*\\[\\(.*\\)\\].*/\\1/p' "$f" | b)" ;;
  esac
done; done
exit 0`;

const timeoutMs = 15_000;

/**
 * Looks into /etc/ceph and where its configurations say that keys are; what this user may not read, by `sudo -n`, where
 * that asks for no password.
 */
export async function readCephOnHost(transport: Transport, options: WaitOptions = {}): Promise<CephOnHost> {
  const wait = { timeoutMs, ...options };
  const look = async (sudo: readonly string[]): Promise<CephFacts | undefined> => {
    const ask = (patterns: readonly string[]): Promise<ExecResult> => {
      const [program = 'sh', ...rest] = [...sudo, 'sh', '-c', script, 'sh', ...patterns];
      return transport.exec([program, ...rest], wait);
    };
    const first = await ask([]);
    if (first.exitCode !== 0) return undefined;
    const facts = parseFacts(first.stdout.toString());
    const elsewhere = facts.configurations
      .flatMap(({ keyrings }) => keyrings)
      .filter((pattern) => !/^\/etc\/ceph\/[^/]*keyring$/.test(pattern));
    return elsewhere.length === 0
      ? facts
      : parseFacts((await ask([...new Set(elsewhere)])).stdout.toString());
  };
  const own = (await look([])) ?? parseFacts('');
  const mayNeedSudo = own.locked.length > 0 && own.programs.has('sudo') && !own.isRoot;
  const root = mayNeedSudo ? await look(['sudo', '-n']) : undefined;
  if (root) return withRoot(own, root);
  const runsCeph =
    mayNeedSudo &&
    own.programs.has('ceph') &&
    (await transport.exec(['sudo', '-n', 'ceph', '--version'], wait)).exitCode === 0;
  return onHost(own, runsCeph ? namedKeyrings(own.locked) : [], runsCeph);
}

function withRoot(own: CephFacts, root: CephFacts): CephOnHost {
  const ownPaths = new Set([...own.configurations, ...own.keyrings].map(({ path }) => path));
  return {
    user: own.user,
    programs: own.programs,
    args: own.args,
    configurations: root.configurations.map((one) => ({ ...one, viaSudo: !ownPaths.has(one.path) })),
    keyrings: root.keyrings.map((one) => ({ ...one, viaSudo: !ownPaths.has(one.path) })),
    unreadable: [],
  };
}

function onHost(
  { user, programs, args, configurations, keyrings, locked }: CephFacts,
  named: readonly CephKeyring[],
  runsCeph: boolean,
): CephOnHost {
  const usable = new Set(named.map(({ path }) => path));
  return {
    user,
    programs,
    args,
    configurations,
    keyrings: [...keyrings, ...named],
    unreadable: locked.filter(({ path }) => !runsCeph || !usable.has(path)),
  };
}

/** Keyrings that only `sudo ceph` can read, as far as their names say whose they are: `ceph.client.admin.keyring`. */
function namedKeyrings(locked: readonly UnreadableFile[]): readonly CephKeyring[] {
  return locked.flatMap(({ path }) => {
    const entity = /\/[^/]*?\.(client\.[^/]+)\.keyring$/s.exec(path)?.[1];
    return entity === undefined ? [] : [{ path, entities: [entity], viaSudo: true }];
  });
}

/** What one look tells. */
export interface CephFacts extends Omit<CephOnHost, 'unreadable'> {
  readonly isRoot: boolean;
  readonly locked: readonly UnreadableFile[];
}

export function parseFacts(output: string): CephFacts {
  const lines = output.split('\n').map((line) => line.split(' '));
  const all = (word: string): readonly (readonly string[])[] =>
    lines.filter(([first]) => first === word).map(([, ...rest]) => rest);
  const byPath = <T extends { readonly path: string }>(files: readonly T[]): readonly T[] => [
    ...new Map(files.map((file) => [file.path, file])).values(),
  ];
  return {
    user: all('user')[0]?.join(' ') ?? '',
    isRoot: all('root').length > 0,
    programs: new Set(all('program').flatMap(([name]) => name ?? [])),
    args: all('args').map(([args]) => decode(args))[0] ?? '',
    configurations: all('conf').map(([path, content]) =>
      parseConfiguration(decode(path), decode(content), false),
    ),
    keyrings: byPath(
      all('keyring').map(([path, entities]) => ({
        path: decode(path),
        entities: decode(entities)
          .split('\n')
          .filter((entity) => entity !== ''),
        viaSudo: false,
      })),
    ),
    locked: byPath(
      all('locked').map(([path, owner = '', group = '', mode = '']) => ({
        path: decode(path),
        owner,
        group,
        mode,
      })),
    ),
  };
}

function decode(text = ''): string {
  return Buffer.from(text, 'base64').toString();
}
