import { t } from '../../../../base/l10n.ts';
import type { Complaint } from '../../../complaint.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding } from '../../../finding.ts';
import type { Patient } from '../../../patient.ts';
import { lineOf } from '../ofComplaint.ts';
import {
  daemonOfDriver,
  daemonOfSocket,
  missedWithout,
  readDaemons,
  silentParts,
  type DaemonOnHost,
} from './daemons.ts';
import { missingDrivers, type MissingDriver } from './missingDrivers.ts';
import { startDaemonPlan } from './startDaemonPlan.ts';

const id = 'daemon-not-running';

/** A daemon of libvirt, or the one for a part of it, does not run and is not listened for. */
export const daemonNotRunningFailure: Failure = {
  id,
  page: () => ({
    title: t('A daemon of libvirt does not run'),
    summary: t(
      'Nothing listens on libvirt’s socket; or libvirt answers, but has no storage, no secrets or no networks.',
    ),
    why: [
      t(
        'libvirt is either one daemon, libvirtd, or split into several (Fedora 35, RHEL 9 and others): virtqemud for domains, virtstoraged for pools, virtsecretd, virtnetworkd and more. systemd listens on a socket for each and starts it when somebody comes. A socket unit that is disabled, stopped or masked means that nobody listens.',
      ),
      t(
        'The two forms exclude each other: after a change from one to the other, some sockets may be left out. virtqemud asks the other daemons by their sockets, so a domain may fail to start because virtsecretd is not there.',
      ),
    ],
    looks: [
      t('Whether libvirt can list pools, networks and secrets at all.'),
      t(
        'Which sockets are in /run/libvirt, which daemons are installed, and whether systemd has their units disabled or masked.',
      ),
    ],
    cures: [
      t(
        'Unmask where it is needed, then enable and start the socket unit of the daemon; shown first, undone if you want.',
      ),
      t(
        'Where the daemon is not installed: install the package of that part, libvirt-daemon-driver-storage for instance.',
      ),
    ],
    byHand: [
      'ls /run/libvirt/*-sock',
      'systemctl list-unit-files "libvirtd*" "virt*d.socket"',
      'sudo systemctl unmask virtstoraged.socket virtstoraged.service',
      'sudo systemctl enable --now virtstoraged.socket',
      'journalctl -b -u virtstoraged',
    ],
    links: [{ title: t('libvirt: monolithic and modular daemons'), url: 'https://libvirt.org/daemons.html' }],
    limits: t(
      'The hosts of our tests have libvirtd alone and no systemd: modular daemons are tested with sockets and units that only look so.',
    ),
  }),
  symptoms: [
    {
      example: "Failed to connect socket to '/var/run/libvirt/virtstoraged-sock': No such file or directory",
      pattern:
        /Failed to connect socket to '(?<socket>.+?)': (?:No such file or directory|Connection refused)/,
    },
    {
      example: 'no connection driver available for storage:///system',
      pattern: /no connection driver available for (?<driver>\w+)/,
    },
    {
      example: 'Failed to start libvirtd.service: Unit libvirtd.service is masked.',
      pattern: /Unit (?<unit>libvirtd|virt\w+d)\S*\.(?:service|socket) is masked/,
    },
  ],
  async examineHost(patient, complaint) {
    const named = complaint && daemonIn(complaint);
    if (!patient.session.connected) return complaint ? [offline(patient, complaint, named)] : [];
    const missing = missingDrivers(patient).filter(({ daemon }) => named === undefined || daemon === named);
    if (missing.length > 0) return [driverFinding(patient, missing)];
    const daemons = await readDaemons(patient.host.transport, patient.wait);
    const silent = complaint
      ? daemons.filter((one) => one.name === named && !one.hasSocket)
      : silentParts(daemons);
    return silent.length > 0 ? [finding(patient, silent, complaint)] : [];
  },
};

function daemonIn({ match: { groups } }: Complaint): string | undefined {
  const { socket, driver, unit } = groups ?? {};
  if (socket !== undefined) return daemonOfSocket(socket);
  return driver === undefined ? unit : daemonOfDriver(driver);
}

/** The host cannot be asked: its libvirt does not answer. */
function offline({ name }: Patient, complaint: Complaint, named: string | undefined): Finding {
  const daemon = named ?? 'libvirtd';
  return {
    failure: id,
    severity: 'error',
    about: { kind: 'host', host: name },
    title: t('Nobody listens for {0} on {1}', daemon, name),
    explanation: [
      missedWithout(daemon),
      t(
        'On the host, look at “systemctl status {0}.socket {0}.service”. If it is masked, unmask it; then “sudo systemctl enable --now {0}.socket”.',
        daemon,
      ),
      t(
        'A host has either libvirtd or the modular daemons (virtqemud and others): start the one that it had.',
      ),
    ],
    evidence: [lineOf(complaint)],
    remedies: [],
  };
}

/** @param missing the drivers that libvirt does not have: one finding tells of all */
function driverFinding({ name }: Patient, missing: readonly MissingDriver[]): Finding {
  return {
    failure: id,
    severity: 'warning',
    about: { kind: 'host', host: name },
    title: t('libvirt on {0} lacks drivers: {1}', name, missing.map(({ driver }) => driver).join(', ')),
    explanation: [
      ...missing.map(({ driver, daemon }) => `${driver}: ${missedWithout(daemon)}`),
      t(
        'The daemon runs, but was not installed with them. Fedora, RHEL and openSUSE have a package for each: {0}. Install it, and restart the daemon; domains that run go on.',
        missing.map(({ driver }) => `libvirt-daemon-driver-${driver}`).join(', '),
      ),
    ],
    evidence: missing.map(({ said }) => said),
    remedies: [],
  };
}

/** @param all the parts that are silent: one finding tells of all */
function finding(patient: Patient, all: readonly DaemonOnHost[], complaint: Complaint | undefined): Finding {
  const names = all.map(({ name }) => name);
  return {
    failure: id,
    severity: complaint ? 'error' : 'warning',
    about: { kind: 'host', host: patient.name },
    title: t('Nobody listens for {0} on {1}', names.join(', '), patient.name),
    explanation: [
      ...all.map(({ name }) => `${name}: ${missedWithout(name)}`),
      ...all
        .filter(({ isInstalled }) => !isInstalled)
        .map(({ name }) =>
          t(
            '{0} is not installed: its package is missing, or the host uses the other form of libvirt.',
            name,
          ),
        ),
    ],
    evidence: [
      ...(complaint ? [lineOf(complaint)] : []),
      ...all.map(
        ({ name, enabled, service }) =>
          `${name}.socket: ${enabled || '-'}, ${name}.service: ${service || '-'}`,
      ),
    ],
    remedies: all
      .filter(({ isInstalled }) => isInstalled)
      .map((one) => ({
        kind: 'plan',
        title: t('Let systemd listen for {0}', one.name),
        plan: () => Promise.resolve(startDaemonPlan(patient.planHost, one)),
      })),
  };
}
