import type { Duplex } from 'node:stream';
import { CancelledError, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Log } from '../base/log.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { Command, Transport } from '../transport/transport.ts';
import type { HostAddress } from './hostAddress.ts';
import { HostError } from './hostErrors.ts';
import { probeHost, type HostProbe } from './hostProbe.ts';
import { forwardingForbidden, noLibvirt, noPermission } from './libvirtRefusals.ts';
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
  if (address.session && probe.daemons.length > 0 && probe.helpers.includes('virt-ssh-helper')) {
    return runHelper(transport, ['virt-ssh-helper', address.driverUri], log, options);
  }
  throw noLibvirt(transport, address, probe);
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
  throw forwardingForbidden(transport);
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
