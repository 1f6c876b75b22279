import type { Duplex } from 'node:stream';
import { CancelledError, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Log } from '../base/log.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { Command, Transport } from '../transport/transport.ts';
import type { HostAddress } from './hostAddress.ts';
import { HostError } from './hostErrors.ts';
import { probeHost, type HostProbe } from './hostProbe.ts';
import { socketCandidates } from './libvirtSockets.ts';

/**
 * Opens a byte stream to the libvirt daemon of a host: by its socket, else through virt-ssh-helper, else through nc.
 * Rejects with a {@link HostError} that says why none of them will do.
 */
export async function openLibvirtChannel(
  transport: Transport,
  address: HostAddress,
  log: Log,
  options: WaitOptions,
): Promise<Duplex> {
  // Asked for at once: the answer is needed for sessions and refusals, and sshd answers every channel faster
  // after the first session channel (it sets TCP_NODELAY only then).
  const probing = probeHost(transport, address, options);
  probing.catch(() => undefined);
  if (!address.session || address.socket !== undefined) {
    const stream = await firstSocket(transport, socketCandidates(address, undefined), log, options);
    if (stream) return stream;
  }
  const probe = await probing;
  log.debug(`${transport.label}: ${JSON.stringify(probe)}`);
  return afterProbe(transport, address, probe, log, options);
}

async function afterProbe(
  transport: Transport,
  address: HostAddress,
  probe: HostProbe,
  log: Log,
  options: WaitOptions,
): Promise<Duplex> {
  const candidates = socketCandidates(address, probe.runtimeDirectory);
  const present = probe.sockets.filter(({ path }) => candidates.includes(path));
  const writable = present.find((socket) => socket.writable);
  if (writable) {
    const stream = address.session ? await firstSocket(transport, [writable.path], log, options) : undefined;
    return stream ?? byProgram(transport, address, probe, writable.path, log, options);
  }
  const denied = present[0];
  if (denied) throw noPermission(transport, probe, denied);
  if (address.session && probe.daemonInstalled && probe.helpers.includes('virt-ssh-helper')) {
    return runHelper(transport, ['virt-ssh-helper', address.driverUri], log, options);
  }
  throw noLibvirt(transport, address, probe, candidates);
}

/** Opens all of them at once, so that a socket that is not there costs no round trip, and keeps the first in order. */
async function firstSocket(
  transport: Transport,
  paths: readonly string[],
  log: Log,
  options: WaitOptions,
): Promise<Duplex | undefined> {
  const opened = await Promise.allSettled(paths.map((path) => transport.openUnixSocket(path, options)));
  let chosen: Duplex | undefined;
  opened.forEach((result, index) => {
    const path = paths[index] ?? '';
    if (result.status === 'rejected') {
      log.info(t('{0}: {1} did not open: {2}', transport.label, path, messageOf(result.reason)));
    } else if (chosen) {
      result.value.destroy();
    } else {
      log.info(t('{0}: connected to {1}', transport.label, path));
      chosen = result.value;
    }
  });
  if (!chosen && options.signal?.aborted) throw new CancelledError();
  return chosen;
}

function byProgram(
  transport: Transport,
  address: HostAddress,
  probe: HostProbe,
  socket: string,
  log: Log,
  options: WaitOptions,
): Promise<Duplex> {
  if (probe.helpers.includes('virt-ssh-helper') && address.socket === undefined) {
    return runHelper(transport, ['virt-ssh-helper', address.driverUri], log, options);
  }
  if (probe.helpers.includes('nc')) return runHelper(transport, ['nc', '-U', socket], log, options);
  throw new HostError(
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

async function runHelper(
  transport: Transport,
  command: Command,
  log: Log,
  options: WaitOptions,
): Promise<Duplex> {
  const program = command[0];
  log.info(t('{0}: reaching libvirt through {1}', transport.label, program));
  const running = await transport.spawn(command, options);
  let stderr = '';
  running.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4096);
  });
  void running.exited.then(({ exitCode }) => {
    if (exitCode === 0 || running.stream.destroyed) return;
    running.stream.destroy(
      new HostError('no-libvirt', t('{0} on {1} ended: {2}', program, transport.label, stderr.trim()), {
        raw: stderr,
      }),
    );
  });
  return running.stream;
}

function noPermission(
  transport: Transport,
  probe: HostProbe,
  socket: { readonly path: string; readonly owner: string },
): HostError {
  const group = socket.owner.split(':')[1] ?? 'libvirt';
  const grantable = group !== 'root' && !probe.groups.includes(group);
  return new HostError(
    'no-permission',
    t(
      'The user {0} may not use libvirt on {1}: {2} belongs to {3}.',
      probe.user,
      transport.label,
      socket.path,
      socket.owner,
    ),
    {
      advice: grantable
        ? t(
            'On the host, run “sudo usermod -aG {0} {1}” and connect again, or connect as root.',
            group,
            probe.user,
          )
        : t(
            'Connect as root, or let a group of this user write to the socket (unix_sock_group in libvirtd.conf).',
          ),
    },
  );
}

function noLibvirt(
  transport: Transport,
  address: HostAddress,
  probe: HostProbe,
  candidates: readonly string[],
): HostError {
  const looked = candidates.join(', ');
  if (!probe.daemonInstalled) {
    return new HostError('no-libvirt', t('No libvirt daemon is installed on {0}.', transport.label), {
      advice: t(
        'Install it there: “apt install libvirt-daemon-system” on Debian and Ubuntu, “dnf install libvirt” on Fedora and RHEL.',
      ),
      raw: looked,
    });
  }
  return new HostError('no-libvirt', t('No libvirt daemon listens on {0}.', transport.label), {
    advice: address.session
      ? t('Start the session daemon of the user {0}: “virsh -c qemu:///session list”.', probe.user)
      : t(
          'Start it there: “systemctl start libvirtd.socket”, or “systemctl start virtqemud.socket” with modular daemons.',
        ),
    raw: looked,
  });
}
