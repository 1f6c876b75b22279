import { t } from '../base/l10n.ts';
import { quoteArgv } from '../transport/quote.ts';
import type { Transport } from '../transport/transport.ts';
import type { HostAddress } from './hostAddress.ts';
import { HostError } from './hostErrors.ts';
import type { HostProbe } from './hostProbe.ts';

/** The socket is there, but not for this user. */
export function noPermission(
  transport: Transport,
  { user, groups }: HostProbe,
  { path, owner }: HostProbe['sockets'][number],
): HostError {
  const group = owner.split(':')[1] ?? 'libvirt';
  const grantable = group !== 'root' && !groups.includes(group);
  const message = t(
    'The user {0} may not use libvirt on {1}: {2} belongs to {3}.',
    user,
    transport.label,
    path,
    owner,
  );
  const raw = `Failed to connect socket to '${path}': Permission denied`;
  return grantable
    ? new HostError('no-permission', message, {
        raw,
        advice: t('Add the user to the group {0} on the host and connect again, or connect as root.', group),
        remedy: quoteArgv(['sudo', 'usermod', '-aG', group, user]),
      })
    : new HostError('no-permission', message, {
        raw,
        advice: t(
          'Connect as root, or let a group of this user write to the socket (unix_sock_group in libvirtd.conf).',
        ),
      });
}

/** Nothing listens: libvirt is not installed, or does not run. */
export function noLibvirt(transport: Transport, address: HostAddress, probe: HostProbe): HostError {
  const [daemon] = probe.daemons;
  const run = address.session ? (probe.runtimeDirectory ?? '') : '/run';
  const raw = `Failed to connect socket to '${address.socket ?? `${run}/libvirt/libvirt-sock`}': No such file or directory`;
  if (daemon === undefined) {
    const install = installCommand(probe.distributions);
    return new HostError('no-libvirt', t('No libvirt daemon is installed on {0}.', transport.label), {
      raw,
      advice: t('Install libvirt on the host.'),
      ...(install === undefined ? {} : { remedy: install }),
    });
  }
  return new HostError('no-libvirt', t('No libvirt daemon listens on {0}.', transport.label), {
    raw,
    advice: address.session
      ? t('Start the session daemon of the user {0}: using virsh once on the host does it.', probe.user)
      : t('Start {0} on the host.', daemon),
    remedy: address.session
      ? 'virsh -c qemu:///session list'
      : `sudo systemctl enable --now ${daemon}.socket`,
  });
}

/** The socket is there and open to this user, but sshd leads nobody to it. */
export function forwardingForbidden(transport: Transport): HostError {
  return new HostError(
    'forwarding-forbidden',
    t(
      '{0} forwards no UNIX sockets, and has neither virt-ssh-helper nor nc to reach libvirt.',
      transport.label,
    ),
    {
      advice: t(
        'Allow AllowStreamLocalForwarding in its sshd_config, or install the package that holds virt-ssh-helper.',
      ),
    },
  );
}

const installers: Readonly<Record<string, string>> = {
  debian: 'sudo apt install libvirt-daemon-system',
  ubuntu: 'sudo apt install libvirt-daemon-system',
  fedora: 'sudo dnf install libvirt',
  rhel: 'sudo dnf install libvirt',
  suse: 'sudo zypper install libvirt-daemon-qemu',
  arch: 'sudo pacman -S libvirt',
};

function installCommand(distributions: readonly string[]): string | undefined {
  return distributions.map((name) => installers[name]).find((command) => command !== undefined);
}
