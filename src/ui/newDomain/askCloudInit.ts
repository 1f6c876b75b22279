import { homedir, userInfo } from 'node:os';
import { t } from '../../base/l10n.ts';
import { hashPassword } from '../../operations/newDomain/cloudInit/passwordHash.ts';
import { readPublicKeys, type PublicKey } from '../../operations/newDomain/cloudInit/publicKeys.ts';
import { isUserName, parsePackages, type CloudInit } from '../../operations/newDomain/cloudInit/seed.ts';
import { hostNameFrom, hostNameRefusal } from '../../operations/newDomain/domainName.ts';
import type { Ask } from '../prompts/wizard.ts';

/** What cloud-init is to set up. @param keys of this machine's user: read once, so that going back finds them again */
export async function askCloudInit(
  ask: Ask,
  domain: string,
  keys: readonly PublicKey[],
): Promise<() => CloudInit> {
  const hostName = await ask.text({
    prompt: t('Cloud-init: the host name of the guest.'),
    value: hostNameFrom(domain),
    refusal: hostNameRefusal,
  });
  const user = await ask.text({
    prompt: t('Cloud-init: a user who may use sudo. Root does not log in.'),
    value: likelyUser(),
    refusal: (name) =>
      isUserName(name) ? undefined : t('Lower-case letters, digits, dashes and underscores, a letter first.'),
  });
  const chosen =
    keys.length === 0
      ? []
      : await ask.pickMany({
          placeholder: t('Cloud-init: the public keys of this machine that {0} logs in with', user),
          choices: keys.map((key) => ({
            label: key.file,
            description: key.type,
            detail: key.comment,
            value: key,
          })),
          preselected: () => true,
        });
  const password = await ask.text({
    prompt:
      chosen.length > 0
        ? t('Cloud-init: a password for {0}. Empty: it logs in with its key alone.', user)
        : t('Cloud-init: a password for {0}, who has no key.', user),
    secret: true,
    refusal: (given) =>
      given === '' && chosen.length === 0 ? t('Without a key or a password nobody can log in.') : undefined,
  });
  const packages = await ask.text({
    prompt: t('Cloud-init: packages to install at the first boot. Empty: none.'),
    value: 'qemu-guest-agent',
    refusal: (text) => (parsePackages(text) ? undefined : t('Names of packages, with spaces between them.')),
  });
  return () => ({
    hostName,
    user,
    publicKeys: chosen.map(({ line }) => line),
    passwordHash: password === '' ? undefined : hashPassword(password),
    packages: parsePackages(packages) ?? [],
  });
}

export function readOwnPublicKeys(): Promise<readonly PublicKey[]> {
  return readPublicKeys(homedir());
}

function likelyUser(): string {
  const { username } = userInfo();
  return username !== 'root' && isUserName(username) ? username : 'admin';
}
