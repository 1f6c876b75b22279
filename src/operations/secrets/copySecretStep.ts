import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { Problem } from '../../base/errors.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { defineSecret, getSecretXml, setSecretValue, undefineSecret } from '../../libvirt/secrets.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand, virshDefine, type PlanHost } from '../plan/planHost.ts';
import { standardInput } from '../plan/shell.ts';
import { compareSecret, readSecretValue, type SecretValue } from './compareSecrets.ts';
import { copySecret } from './copySecret.ts';
import { findSecretByUuid } from './defineSecret.ts';

/** A secret, and the hosts between which it goes. */
export interface SecretCopy {
  readonly secret: SecretRef;
  readonly from: PlanHost;
  readonly to: PlanHost;
}

/** Gives another host the secret with its value, which goes through memory alone. Reads the definition for the script. */
export async function copySecretStep(
  { secret, from, to }: SecretCopy,
  options?: WaitOptions,
): Promise<PlanStep> {
  const { uuid, usageId } = secret;
  const name = usageId === '' ? uuid : usageId;
  const xml = await getSecretXml(from.connection, secret, options);
  let before: SecretValue | undefined;
  return {
    title: t('Copy the secret {0} from {1} to {2}', name, from.name, to.name),
    host: to.shell,
    commands: [
      virshDefine(to, 'secret-define', xml),
      virshCommand(to, ['secret-set-value', uuid, '--file', standardInput], {
        kind: 'program',
        argv: virshCommand(from, ['secret-get-value', uuid]).argv,
        on: from.shell,
      }),
    ],
    isDone: (wait) => isSame({ secret, from, to }, wait),
    run: async (wait) => {
      const found = await findSecretByUuid(to, uuid, wait);
      before = found && (await readSecretValue(to, found, wait));
      await copySecret(secret, from, to, { ...wait, replaceValue: true });
      if (before?.kind === 'set') wait.note(t('it had another value'));
    },
    undo: {
      title: t('Let the secret {0} on {1} be as it was', name, to.name),
      commands: before === undefined ? [virshCommand(to, ['secret-undefine', uuid])] : [],
      run: async (wait) => {
        const found = await findSecretByUuid(to, uuid, wait);
        if (!found || before?.kind === 'private') return;
        if (before?.kind === 'set') {
          await setSecretValue(to.connection, found, before.bytes, wait);
          return;
        }
        const own = await getSecretXml(to.connection, found, wait);
        await undefineSecret(to.connection, found, wait);
        // libvirt takes no value away: the secret is made again without one.
        if (before?.kind === 'none') await defineSecret(to.connection, own, wait);
      },
    },
  };
}

/** Rejects unless both hosts have the secret with the same value. */
export function checkSecretCopyStep(copy: SecretCopy): PlanStep {
  const { secret, from, to } = copy;
  const name = secret.usageId === '' ? secret.uuid : secret.usageId;
  return {
    title: t('Check that {0} and {1} have the same secret {2}', from.name, to.name, name),
    host: to.shell,
    commands: [virshCommand(to, ['secret-dumpxml', secret.uuid])],
    run: async (options) => {
      if (!(await isSame(copy, options))) throw new DifferentSecretProblem(name, from.name, to.name);
    },
  };
}

class DifferentSecretProblem extends Problem {
  readonly code = 'different';

  constructor(name: string, from: string, to: string) {
    super(t('The secret {0} is not the same on {1} and {2}.', name, from, to));
  }
}

async function isSame({ secret, from, to }: SecretCopy, options: WaitOptions): Promise<boolean> {
  const compared = await compareSecret(secret, from, to, options);
  return compared.kind === 'same-use' && compared.values === 'same';
}
