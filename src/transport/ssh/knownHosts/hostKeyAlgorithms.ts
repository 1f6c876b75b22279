import type { ServerHostKeyAlgorithm } from 'ssh2';
import { t } from '../../../base/l10n.ts';
import { matchesPattern } from '../patterns.ts';
import { SshError } from '../sshError.ts';

const supported: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];

/**
 * The algorithms to offer for the host's key, those first for which a key is known: a host with keys of several types
 * then shows the one that can be verified. `configured` is HostKeyAlgorithms of ssh_config(5).
 */
export function hostKeyAlgorithms(
  configured: string | undefined,
  knownTypes: readonly string[],
): ServerHostKeyAlgorithm[] {
  const chosen = choose(configured);
  if (chosen.length === 0) {
    throw new SshError(
      'bad-config',
      t('None of the HostKeyAlgorithms of the SSH configuration is supported: {0}', configured ?? ''),
      { advice: t('These are: {0}', supported.join(', ')) },
    );
  }
  const isKnown = (name: ServerHostKeyAlgorithm): boolean => knownTypes.includes(keyTypeFor(name));
  return [...chosen.filter(isKnown), ...chosen.filter((name) => !isKnown(name))];
}

/** RSA keys are used with three algorithms. */
function keyTypeFor(algorithm: ServerHostKeyAlgorithm): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm;
}

function choose(configured: string | undefined): readonly ServerHostKeyAlgorithm[] {
  if (configured === undefined || configured.startsWith('+')) return supported;
  const patterns = configured.replace(/^[-^]/, '').split(',');
  const named = patterns.flatMap((pattern) =>
    supported.filter((name) => matchesPattern(pattern.trim(), name)),
  );
  const others = supported.filter((name) => !named.includes(name));
  if (configured.startsWith('-')) return others;
  return configured.startsWith('^') ? [...named, ...others] : [...new Set(named)];
}
