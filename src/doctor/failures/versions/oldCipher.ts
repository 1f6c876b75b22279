import { t } from '../../../base/l10n.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import type { HealthCheck } from '../../../ceph/clusterStatus.ts';
import { compareVersions, majorOf } from '../../../ceph/versions.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { poolsOverCluster } from '../../../hosts/clusters/poolsOver.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding, Severity } from '../../finding.ts';
import type { Ward } from '../../patient.ts';

const id = 'old-cipher';

/** Keys or logins of the old kind, which Ceph is about to refuse, or refuses already. */
export const oldCipherFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: 'AUTH_INSECURE_CLIENT_KEY_TYPE: 2 auth client entities with insecure key types',
      pattern: /\bAUTH_(?:INSECURE_\w+|EMERGENCY_CIPHERS_SET)\b/,
    },
    {
      example: 'entity client.libvirt using insecure key type: aes',
      pattern: /using insecure key type: /,
    },
    {
      example: 'mon is allowing insecure global_id reclaim',
      pattern: /insecure global_id reclaim/,
    },
  ],
  examineCluster: async (cluster, ward) => {
    const health = await cluster.health.read().catch((error: unknown) => {
      if (isForbidden(error)) return undefined;
      throw error;
    });
    const checks = (health?.checks ?? []).filter(({ code }) => /^AUTH_(?:INSECURE|EMERGENCY)_/.test(code));
    return checks.length > 0 ? [await finding(cluster, checks, ward)] : [];
  },
};

async function finding(
  cluster: CephCluster,
  checks: readonly HealthCheck[],
  { sessions }: Ward,
): Promise<Finding> {
  const users = oldKeysIn(checks.flatMap(({ details }) => details));
  const pools = await poolsOverCluster(cluster, sessions);
  const used = users.flatMap((entity) => {
    const hosts = pools.filter(({ pool }) => `client.${pool.auth?.username ?? ''}` === entity);
    const names = [...new Set(hosts.map(({ session }) => session.name))];
    return names.length > 0 ? [{ entity, names }] : [];
  });
  const hosts = (await cluster.clientHosts.get()).filter(
    ({ librbd }) => librbd !== undefined && !knowsNewCipher(librbd),
  );
  const isReclaim = checks.some(({ code }) => code.startsWith('AUTH_INSECURE_GLOBAL_ID'));
  const isCipher = checks.some(({ code }) => !code.startsWith('AUTH_INSECURE_GLOBAL_ID'));
  const severity: Severity = checks.some((one) => one.severity === 'HEALTH_ERR' && !one.isMuted)
    ? 'error'
    : checks.every(({ isMuted }) => isMuted)
      ? 'information'
      : 'warning';
  return {
    failure: id,
    severity,
    about: { kind: 'cluster', cluster: cluster.id },
    title: t('The cluster {0} accepts logins of an old kind', cluster.name),
    explanation: [
      ...(isCipher
        ? [
            t(
              'Keys of the type aes can be forged (CVE-2025-30156). Ceph 19.2.6, 20.2.4 and 21.2.0 know the type aes256k, and warn until all keys are of that type. Nothing stops working by itself: only when aes is taken out of auth_allowed_ciphers, or a key is changed that an old client uses.',
            ),
            used.length > 0
              ? t(
                  'libvirt logs in with such keys: {0}. A new key must go into the libvirt secret of each of these hosts at the same moment; running domains need it when they log in anew.',
                  used.map(({ entity, names }) => `${entity} (${names.join(', ')})`).join(', '),
                )
              : t('No storage pool of a connected host logs in with a key that is named here.'),
            ...(hosts.length > 0
              ? [
                  t(
                    'Do not change their keys yet: the librbd of these hosts does not know aes256k: {0}. Upgrade it, and start domains anew, first.',
                    hosts.map(({ host, librbd }) => `${host} (${librbd ?? '?'})`).join(', '),
                  ),
                ]
              : []),
          ]
        : []),
      ...(isReclaim
        ? [
            t(
              'Old clients take back their session number without proof (CVE-2021-20288). When no client is named any more, forbid it: “ceph config set mon auth_allow_insecure_global_id_reclaim false”. Clients before 14.2.20, 15.2.11 and 16.2.1 cannot log in then.',
            ),
          ]
        : []),
    ],
    evidence: checks.flatMap(({ code, summary, details }) => [
      `${code}: ${summary}`,
      ...details.slice(0, 10),
    ]),
    remedies: [
      {
        kind: 'command',
        title: t('Show Health'),
        command: 'libvirt.cluster.showHealth',
        on: { kind: 'cluster', cluster: cluster.id },
      },
    ],
  };
}

/** The users whose keys are named. */
export function oldKeysIn(details: readonly string[]): readonly string[] {
  return details.flatMap((line) => /entity (client\.\S+) using insecure key type/.exec(line)?.[1] ?? []);
}

/** The first versions of a release whose clients know keys of the type aes256k. */
const newCipherSince: Readonly<Record<number, string>> = { 19: '19.2.6', 20: '20.2.4', 21: '21.2.0' };

/** Whether a client of this version can log in with a key of the type aes256k. */
export function knowsNewCipher(version: string): boolean {
  const since = newCipherSince[majorOf(version)];
  return since === undefined ? majorOf(version) > 21 : compareVersions(version, since) >= 0;
}

function page(): FailurePage {
  return {
    title: t('Keys and logins of an old kind'),
    summary: t('The cluster warns of insecure keys (AUTH_INSECURE_…); domains log in with some of them.'),
    why: [
      t(
        'Keys of cephx were of the type aes until 2026. Ceph 19.2.6, 20.2.4 and 21.2.0 brought aes256k, and health checks that warn of what is still old. An older client cannot log in with a new key at all.',
      ),
      t(
        'Whoever changes the key of a user must change it in every keyring and every libvirt secret; domains that run keep their session, until they lose it.',
      ),
    ],
    looks: [
      t(
        'The checks of the cluster that begin with AUTH_INSECURE or AUTH_EMERGENCY, and the users that they name.',
      ),
      t(
        'Which storage pools of the connected hosts log in as these users, and whether the librbd there knows the new type.',
      ),
    ],
    cures: [
      t(
        'Upgrade clients first, then change keys user by user, then forbid the old type. The order is what matters.',
      ),
    ],
    byHand: [
      'ceph health detail',
      'ceph auth rotate --key-type=aes256k client.ID',
      'virsh secret-set-value UUID --file KEYFILE',
      'ceph health mute AUTH_INSECURE_CLIENT_KEY_TYPE 8w',
      'ceph config set mon auth_allow_insecure_global_id_reclaim false',
    ],
    links: [
      { title: 'Ceph: cephx', url: 'https://docs.ceph.com/en/latest/rados/configuration/auth-config-ref/' },
      {
        title: 'Ceph: health checks',
        url: 'https://docs.ceph.com/en/latest/rados/operations/health-checks/',
      },
    ],
    limits: t(
      'The checks about key types were tested as they are documented: no such cluster runs in the tests. The one about global_id is tested on a real cluster.',
    ),
  };
}
