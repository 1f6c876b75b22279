import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { LibvirtError } from '../../libvirt/errors.ts';

export type NetworkProblemCode =
  | 'name-taken'
  | 'subnet-in-use'
  | 'no-dnsmasq'
  | 'port-53-in-use'
  | 'no-firewall'
  /** It was defined, and did not start. */
  | 'not-started'
  /** libvirt took a change without an error, and it is not there. */
  | 'not-changed'
  | 'not-possible'
  /** Some running domains are not back on the network. */
  | 'not-reconnected';

/** Why a network does not do what was asked, where libvirt's own text does not say it. */
export class NetworkProblem extends CodedProblem<NetworkProblemCode> {}

interface Cause {
  readonly code: NetworkProblemCode;
  readonly pattern: RegExp;
  readonly words: (
    network: string,
    host: string,
    match: RegExpExecArray,
  ) => readonly [what: string, advice: string];
}

const causes: readonly Cause[] = [
  {
    code: 'subnet-in-use',
    pattern: /Network is already in use by interface (\S+)/i,
    words: (network, host, match) => [
      t(
        'The network {0} does not start on {1}: its addresses are those of {2} there.',
        network,
        host,
        match[1] ?? '',
      ),
      t('Give it another subnet.'),
    ],
  },
  {
    code: 'no-dnsmasq',
    pattern: /dnsmasq.*(?:No such file or directory|not found|cannot find)|cannot (?:check|find) dnsmasq/i,
    words: (network, host) => [
      t(
        'The network {0} does not start on {1}: dnsmasq, which gives addresses and names, is not installed.',
        network,
        host,
      ),
      t('Install dnsmasq on the host (Debian and Ubuntu: “apt install dnsmasq-base”).'),
    ],
  },
  {
    code: 'port-53-in-use',
    pattern: /failed to create listening socket for (\S+?):? Address already in use/,
    words: (network, host, match) => [
      t(
        'The network {0} does not start on {1}: another DNS server there listens at {2}.',
        network,
        host,
        match[1] ?? '',
      ),
      t(
        'Have that server listen at its own addresses only (dnsmasq: bind-interfaces), or give the network no DNS.',
      ),
    ],
  },
  {
    code: 'no-firewall',
    pattern:
      /INVALID_ZONE|Failed to (?:apply|initialize) .*firewall|iptables.*(?:No such file|not found)|nft.*(?:No such file|not found)/i,
    words: (network, host) => [
      t('The network {0} does not start on {1}: libvirt cannot set up the firewall there.', network, host),
      t('Look at the firewall of the host. When firewalld was installed or restarted, restart libvirt.'),
    ],
  },
];

/** Puts what libvirt said of a network into words that tell the cause. */
export function explainNetworkFailure(error: unknown, network: string, host: string): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? error.message;
  for (const { code, pattern, words } of causes) {
    const match = pattern.exec(said);
    if (!match) continue;
    const [message, advice] = words(network, host, match);
    return new NetworkProblem(code, message, { advice, cause: error, raw: error.raw });
  }
  return error;
}
