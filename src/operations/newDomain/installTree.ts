import { createHash } from 'node:crypto';
import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';
import type { KernelBoot } from './newDomain.ts';

/** The kernel and initrd of an installer in a tree on the web. */
export interface Installer {
  readonly kernelUrl: string;
  readonly initrdUrl: string;
  /** For the kernel. */
  readonly arguments: string;
}

/** No kernel is there, or the host cannot fetch it. */
export class InstallTreeError extends Problem {
  readonly code = 'install-tree';
}

interface TreeLayout {
  readonly kernel: string;
  readonly initrd: string;
  readonly arguments: (tree: string) => string;
}

const plain = (): string => '';

/** Where distributions keep them below the URL that people know; the first that is there. */
const layouts: readonly TreeLayout[] = [
  {
    kernel: 'images/pxeboot/vmlinuz',
    initrd: 'images/pxeboot/initrd.img',
    arguments: (tree) => `inst.repo=${tree}`,
  },
  {
    kernel: 'current/images/netboot/debian-installer/amd64/linux',
    initrd: 'current/images/netboot/debian-installer/amd64/initrd.gz',
    arguments: plain,
  },
  {
    kernel: 'current/images/netboot/debian-installer/arm64/linux',
    initrd: 'current/images/netboot/debian-installer/arm64/initrd.gz',
    arguments: plain,
  },
  {
    kernel: 'boot/x86_64/loader/linux',
    initrd: 'boot/x86_64/loader/initrd',
    arguments: (tree) => `install=${tree}`,
  },
  { kernel: 'linux', initrd: 'initrd.gz', arguments: plain },
  { kernel: 'linux', initrd: 'initrd', arguments: () => 'iso-chooser-menu ip=dhcp' },
];

/** Why it cannot be the URL of a tree; undefined when it can. */
export function treeUrlRefusal(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return t('It is a URL such as https://deb.debian.org/debian/dists/bookworm/main/installer-amd64/.');
  }
  if (!['http:', 'https:'].includes(url.protocol)) return t('It begins with http:// or https://.');
  if (url.username !== '' || url.password !== '')
    return t('A URL with a password would be seen by everybody on the host.');
  return undefined;
}

/** Prints the number of the first URL that is there; ends with 127 where there is no program that could look. */
const probe = `
if command -v curl >/dev/null 2>&1; then look() { curl --fail --silent --location --head --max-time 20 --output /dev/null --url "$1"; }
elif command -v wget >/dev/null 2>&1; then look() { wget --quiet --spider --timeout=20 --tries=1 -- "$1"; }
else exit 127; fi
n=0
for url in "$@"; do
  if look "$url"; then echo "$n"; exit 0; fi
  n=$((n+1))
done
exit 4`;

/** Finds the installer below a URL, as the host sees it. */
export async function findInstaller(
  transport: Transport,
  url: string,
  options: WaitOptions = {},
): Promise<Installer> {
  const tree = url.trim().replace(/\/*$/, '/');
  const urls = layouts.map(({ kernel }) => tree + kernel);
  const { exitCode, stdout, stderr } = await transport.exec(['sh', '-c', probe, 'sh', ...urls], {
    timeoutMs: 150_000,
    ...options,
  });
  if (exitCode === 127) throw noProgram(transport.label);
  const layout = layouts[Number(stdout.toString().trim() || '-1')];
  if (layout === undefined) {
    throw new InstallTreeError(t('{0} finds no kernel of an installer below {1}.', transport.label, tree), {
      advice: t('Is it the URL of a whole tree, and can the host reach it? An ISO works without.'),
      raw: stderr.trim(),
    });
  }
  return {
    kernelUrl: tree + layout.kernel,
    initrdUrl: tree + layout.initrd,
    arguments: layout.arguments(tree),
  };
}

function noProgram(host: string): InstallTreeError {
  return new InstallTreeError(t('{0} has neither curl nor wget: it cannot fetch the installer.', host), {
    advice: t('Install one of them on the host, or install from an ISO.'),
  });
}

/** Where virt-install keeps such files too. */
const bootFolder = '/var/lib/libvirt/boot';

/** What the domain boots once the files are there; each installer has its own. */
export function kernelBoot(installer: Installer): KernelBoot {
  const key = createHash('sha256').update(installer.kernelUrl).digest('hex').slice(0, 16);
  return {
    path: `${bootFolder}/${key}-linux`,
    initrd: `${bootFolder}/${key}-initrd`,
    arguments: installer.arguments,
  };
}

/** Fetches pairs of a URL and a file, each under another name first. */
const fetch = `
if command -v curl >/dev/null 2>&1; then get() { curl --fail --silent --show-error --location --output "$2" --url "$1"; }
elif command -v wget >/dev/null 2>&1; then get() { wget --no-verbose --output-document="$2" -- "$1"; }
else exit 127; fi
mkdir -p "$1" || exit 3
shift
part=
trap 'rm -f "$part"' EXIT
trap 'exit 143' HUP INT PIPE TERM
while [ $# -gt 1 ]; do
  part="$2.part.$$"
  get "$1" "$part" && chmod 644 "$part" && mv "$part" "$2" || exit 4
  shift 2
done`;

/** Fetches both files on the host itself. */
export async function fetchInstaller(
  transport: Transport,
  installer: Installer,
  options: WaitOptions = {},
): Promise<void> {
  const { path, initrd } = kernelBoot(installer);
  const pairs = [installer.kernelUrl, path, installer.initrdUrl, initrd];
  const { exitCode, stderr } = await transport.exec(['sh', '-c', fetch, 'sh', bootFolder, ...pairs], {
    timeoutMs: 30 * 60_000,
    ...options,
  });
  if (exitCode === 127) throw noProgram(transport.label);
  if (exitCode !== 0) {
    throw new InstallTreeError(
      t('{0} could not fetch the installer from {1}.', transport.label, installer.kernelUrl),
      {
        advice:
          exitCode === 3
            ? t('This user may not write to {0}: log in as root, or install from an ISO.', bootFolder)
            : t('Look at what the host said, in the log, and try again.'),
        raw: stderr.trim(),
      },
    );
  }
}
