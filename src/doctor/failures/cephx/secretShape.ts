import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import { setSecretValue } from '../../../libvirt/secrets.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import { virshCommand, type PlanHost } from '../../../operations/plan/planHost.ts';
import { standardInput } from '../../../operations/plan/shell.ts';
import { isCephKey, isCephKeyText } from '../../../operations/secrets/cephKey.ts';
import { readSecretValue } from '../../../operations/secrets/compareSecrets.ts';
import type { SecretHost } from '../../../operations/secrets/defineSecret.ts';
import { nameOf } from './secretWords.ts';

/** What the value of a secret looks like: a key, the text of a key in place of its bytes, or something else. */
export type ValueShape = 'key' | 'text-of-key' | 'no-key' | 'unknown';

/** Looks at a value in memory; it is wiped. */
export async function shapeOfValue(
  host: SecretHost,
  secret: SecretRef,
  options?: WaitOptions,
): Promise<ValueShape> {
  const value = await readSecretValue(host, secret, options);
  if (value.kind !== 'set') return 'unknown';
  const { bytes } = value;
  const shape = isCephKey(bytes) ? 'key' : isCephKeyText(bytes) ? 'text-of-key' : 'no-key';
  bytes.fill(0);
  return shape;
}

/** For evidence; nothing where it is a key. */
export function shapeInWords(shape: ValueShape): readonly string[] {
  switch (shape) {
    case 'text-of-key':
      return [t('The value is the text of a key, and not the key: it was encoded in base64 twice.')];
    case 'no-key':
      return [t('The value is no key of Ceph, or only a part of one.')];
    case 'key':
    case 'unknown':
      return [];
  }
}

/** Decodes the value of a secret once more, where it is the text of a key. */
export function decodeValueStep(host: PlanHost, secret: SecretRef): PlanStep {
  let before: Buffer | undefined;
  return {
    title: t('Decode the value of the secret {0} once more', nameOf(secret)),
    host: host.shell,
    commands: [
      virshCommand(host, ['secret-set-value', secret.uuid, '--file', standardInput], {
        kind: 'program',
        argv: [
          'sh',
          '-c',
          'virsh -c "$0" secret-get-value "$1" | base64 --decode',
          host.driverUri,
          secret.uuid,
        ],
      }),
    ],
    isDone: async (options) => (await shapeOfValue(host, secret, options)) !== 'text-of-key',
    run: async (options) => {
      const value = await readSecretValue(host, secret, options);
      if (value.kind !== 'set') return;
      before = value.bytes;
      const key = Buffer.from(before.toString('latin1').trim(), 'base64');
      try {
        await setSecretValue(host.connection, secret, key, options);
      } finally {
        key.fill(0);
      }
    },
    undo: {
      title: t('Give the secret {0} on {1} back the value that it had', nameOf(secret), host.name),
      commands: [],
      run: async (options) => {
        if (before) await setSecretValue(host.connection, secret, before, options);
      },
    },
  };
}
