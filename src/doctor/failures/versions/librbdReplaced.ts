import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import { startAgainPlan } from '../../../operations/domains/startAgainPlan.ts';
import type { Transport } from '../../../transport/transport.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';

const id = 'librbd-replaced';

/** Programs run with a librbd that has been replaced since: an upgrade, or its repair, has not reached them. */
export const librbdReplacedFailure: Failure = {
  id,
  page,
  symptoms: [],
  examineHost: async (patient) => {
    const stale = await staleProgramsOn(patient.host.transport, patient.wait);
    if (stale.length === 0) return [];
    const refs = [...patient.host.inventory.domains.entries.values()].map(({ ref }) => ref);
    const domains = refs.filter(({ name }) => stale.some(({ domain }) => domain === name));
    const others = stale.filter(({ domain }) => domain === undefined);
    return [
      {
        failure: id,
        severity: 'warning',
        about: { kind: 'host', host: patient.name },
        others: domains.map(({ name, uuid }) => ({
          kind: 'domain' as const,
          host: patient.name,
          name,
          uuid,
        })),
        title: t('{0} programs on {1} still use a librbd that has been replaced', stale.length, patient.name),
        explanation: [
          t(
            'They were started before librbd was upgraded, and keep the old one until they end: what the new version repairs, or knows, they do not have.',
          ),
          ...(domains.length > 0
            ? [
                t(
                  'Shut the domains down and start them, or migrate them to a host where that is done. A reboot from within is not enough.',
                ),
              ]
            : []),
          ...(others.length > 0
            ? [t('libvirt and other programs are to be restarted; domains go on then.')]
            : []),
        ],
        evidence: stale.map(({ pid, program, domain }) =>
          domain === undefined ? `${pid} ${program}` : t('{0} {1}: domain {2}', pid, program, domain),
        ),
        remedies: domains.length > 0 ? [startAgainRemedy(patient, domains)] : [],
      },
    ];
  },
};

export interface StaleProgram {
  readonly pid: number;
  /** `qemu-system-x86_64` */
  readonly program: string;
  /** Which domain it is; undefined for what is no QEMU. */
  readonly domain: string | undefined;
}

/** So many are told of. */
const most = 200;

const look = `for f in $(grep -l 'librbd\\.so.*(deleted)' /proc/[0-9]*/maps 2>/dev/null | head -n ${most}); do
p=\${f#/proc/}; p=\${p%/maps}; echo "$p $(base64 </proc/$p/cmdline 2>/dev/null | tr -d '\\n')"; done; exit 0`;

/** Of programs of others only root may see it. */
const asRoot =
  'if [ "$(id -u)" != 0 ] && sudo -n true 2>/dev/null; then exec sudo -n sh -c "$1"; else exec sh -c "$1"; fi';

async function staleProgramsOn(transport: Transport, wait: WaitOptions): Promise<readonly StaleProgram[]> {
  const { stdout } = await transport.exec(['sh', '-c', asRoot, 'sh', look], wait);
  return parseStalePrograms(stdout.toString());
}

/** A PID and the command line in base64, a line each. */
export function parseStalePrograms(output: string): readonly StaleProgram[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, encoded = ''] = /^(\d+) (\S*)$/.exec(line) ?? [];
    if (pid === undefined) return [];
    const words = Buffer.from(encoded, 'base64').toString().split('\0');
    const name = words[words.indexOf('-name') + 1] ?? '';
    // In QEMU's options a comma is written twice.
    const guest = /^guest=((?:[^,]|,,)*)/.exec(name)?.[1]?.replaceAll(',,', ',');
    return [{ pid: Number(pid), program: words[0]?.split('/').at(-1) ?? '', domain: guest }];
  });
}

class StaleProblem extends Problem {
  readonly code = 'stale';
}

function startAgainRemedy({ planHost, host: { transport } }: Patient, domains: readonly DomainRef[]): Remedy {
  return {
    kind: 'plan',
    title: t('Shut Down {0} and Start Again…', domains.map(({ name }) => name).join(', ')),
    plan: () =>
      Promise.resolve(
        startAgainPlan(planHost, domains, {
          title: t('Check that they use the librbd that is installed'),
          commands: [{ argv: ['sh', '-c', 'sudo grep -l "librbd.so.*(deleted)" /proc/[0-9]*/maps || true'] }],
          run: async ({ signal }) => {
            const stale = await staleProgramsOn(transport, { signal });
            const left = domains.filter(({ name }) => stale.some(({ domain }) => domain === name));
            if (left.length > 0)
              throw new StaleProblem(
                t('{0} still uses the old one.', left.map(({ name }) => name).join(', ')),
              );
          },
        }),
      ),
  };
}

function page(): FailurePage {
  return {
    title: t('Programs still use a librbd that has been replaced'),
    summary: t('Since an upgrade of Ceph’s packages some domains have not been started anew.'),
    why: [
      t(
        'A program keeps the library that it was started with, also when its file is replaced. For a domain that runs for a year, that is the librbd of a year ago: attaching an image with newer features then fails for this domain alone.',
      ),
    ],
    looks: [
      t(
        'Which programs have a file of librbd open that has been deleted (/proc/PID/maps), and which domains they are.',
      ),
    ],
    cures: [
      t('Shut the domains down and start them again, one after the other. Migrating them does as well.'),
    ],
    byHand: [
      'grep -l "librbd.so.*(deleted)" /proc/[0-9]*/maps',
      'virsh shutdown DOMAIN',
      'virsh start DOMAIN',
      'systemctl restart libvirtd',
    ],
    links: [{ title: 'libvirt: migration', url: 'https://libvirt.org/migration.html' }],
  };
}
