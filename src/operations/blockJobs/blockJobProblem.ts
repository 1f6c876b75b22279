import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { explainDeviceFailure } from '../devices/deviceProblem.ts';
import { LibvirtError } from '../../libvirt/errors.ts';

export type BlockJobProblemCode =
  'failed' | 'not-switched' | 'not-defined' | 'job-runs' | 'no-qcow2' | 'snapshots' | 'guest-stopped';

/** Why a job on a disk did not start or end as it should. */
export class BlockJobProblem extends Problem {
  readonly code: BlockJobProblemCode;

  constructor(code: BlockJobProblemCode, message: string, advice?: string, cause?: unknown) {
    super(message, { advice, cause, raw: cause instanceof Problem ? cause.raw : undefined });
    this.code = code;
  }
}

interface Cause {
  readonly code: BlockJobProblemCode;
  readonly pattern: RegExp;
  readonly words: () => readonly [what: string, advice: string];
}

const causes: readonly Cause[] = [
  {
    code: 'job-runs',
    pattern:
      /already (?:in|has an) active block (?:copy )?job|another block job|disk '\w+' already in active block/i,
    words: () => [t('A job runs on this disk already.'), t('Show it: it can be ended or waited for.')],
  },
  {
    code: 'snapshots',
    pattern: /domain has (?:a |active )?(?:snapshots|checkpoints|checkpoint)/i,
    words: () => [
      t('libvirt does not do this while the domain has checkpoints or snapshots that need the chain.'),
      t('Delete them first.'),
    ],
  },
  {
    code: 'guest-stopped',
    pattern: /domain is not running/i,
    words: () => [
      t('The domain does not run.'),
      t('A job on a disk is done by QEMU: start the domain. What it writes is safe.'),
    ],
  },
];

/** @param what was not done: `vda of web1 on kvm1 was not copied` */
export function explainBlockJobFailure(error: unknown, what: string): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? error.message;
  const cause = causes.find(({ pattern }) => pattern.test(said));
  if (!cause) return explainDeviceFailure(error, what);
  const [why, advice] = cause.words();
  return new BlockJobProblem(cause.code, t('{0}: {1}', what, why), advice, error);
}
