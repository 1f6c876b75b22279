import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { LibvirtError } from '../libvirt/errors.ts';

export type DomainStartCode =
  | 'no-cephx-key'
  | 'cephx-refused'
  | 'image-missing'
  | 'ceph-pool-missing'
  | 'secret-missing'
  | 'secret-without-value';

/** Why a domain does not start, where QEMU's and libvirt's own text does not say it. */
export class DomainStartProblem extends Problem {
  readonly code: DomainStartCode;

  constructor(code: DomainStartCode, message: string, advice: string, cause: LibvirtError) {
    super(message, { advice, cause, raw: cause.raw });
    this.code = code;
  }
}

interface Cause {
  readonly code: DomainStartCode;
  readonly pattern: RegExp;
  /** What is wrong, and what to do; `image` is `pool/image` where QEMU names it. */
  readonly words: (image: string, match: RegExpExecArray) => readonly [what: string, advice: string];
}

const causes: readonly Cause[] = [
  {
    code: 'no-cephx-key',
    pattern: /error connecting: (?:No such file or directory|Operation not supported)/,
    words: (image) => [
      t('QEMU has no key to log in to Ceph with, for the image {0}.', image),
      t('Most often its disk has no <auth>: open the XML of the domain, a quick fix adds it.'),
    ],
  },
  {
    code: 'cephx-refused',
    pattern: /error connecting: Permission denied/,
    words: (image) => [
      t('Ceph refuses the login for the image {0}.', image),
      t('Check the user name in the <auth> of the disk, and that its secret holds the key of that user.'),
    ],
  },
  {
    code: 'image-missing',
    pattern: /error reading header from (\S+): No such file or directory/,
    words: (image, match) => [
      t('Ceph has no image {0}.', image === '' ? (match[1] ?? '') : image),
      t('Check the name in the <source> of the disk, or create the image.'),
    ],
  },
  {
    code: 'ceph-pool-missing',
    pattern: /error opening pool (\S+): No such file or directory/,
    words: (_image, match) => [
      t('Ceph has no pool {0}, or this user may not see it.', match[1] ?? ''),
      t('Check the name in the <source> of the disk, and the capabilities of the user.'),
    ],
  },
  {
    code: 'secret-without-value',
    pattern: /secret '([^']+)' does not have a value/,
    words: (_image, match) => [
      t('The secret {0} has no value.', match[1] ?? ''),
      t('Set its value to the key of the Ceph user.'),
    ],
  },
  {
    code: 'secret-missing',
    pattern: /no secret with matching (?:uuid|usage) '([^']+)'/,
    words: (_image, match) => [
      t('The host has no secret {0}.', match[1] ?? ''),
      t('Define it on this host, or name one it has in the <auth> of the disk.'),
    ],
  },
];

/** Puts what libvirt and QEMU said when a domain did not start into words; anything else comes back as it is. */
export function explainStartFailure(error: unknown, domain: string, host: string): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? error.message;
  for (const { code, pattern, words } of causes) {
    const match = pattern.exec(said);
    if (!match) continue;
    const [what, advice] = words(imageOf(said), match);
    return new DomainStartProblem(
      code,
      t('{0} does not start on {1}: {2}', domain, host, what),
      advice,
      error,
    );
  }
  return error;
}

/** `pool/image` as QEMU's complaint about its `-blockdev` has it. */
function imageOf(said: string): string {
  const field = (name: string): string | undefined => new RegExp(`"${name}":"([^"]+)"`).exec(said)?.[1];
  const [pool, image] = [field('pool'), field('image')];
  return pool === undefined || image === undefined ? '' : `${pool}/${image}`;
}
