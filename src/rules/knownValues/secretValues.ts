import { t } from '../../base/l10n.ts';
import type { ElementView } from '../../xml/completion/knownValues.ts';
import type { HostKnowledge, KnownSecret } from '../hostKnowledge.ts';
import { distinct, type FindValues, type ValueTable } from './place.ts';

/** The word in a secret's own definition for the type that a reference gives. */
const usageTypes: Readonly<Record<string, string>> = {
  ceph: 'ceph',
  iscsi: 'iscsi',
  passphrase: 'volume',
};

/** What the reference is for, in the words of a secret's definition; undefined when that cannot be told. */
function usageTypeOf(reference: ElementView): string | undefined {
  const { parent } = reference;
  const type = reference.attribute('type') ?? parent?.attribute('type');
  if (type !== undefined) return usageTypes[type];
  return parent?.name === 'encryption' ? 'volume' : undefined;
}

function fitting(reference: ElementView, { secrets }: HostKnowledge): readonly KnownSecret[] {
  const usageType = usageTypeOf(reference);
  return usageType === undefined ? secrets : secrets.filter((secret) => secret.usageType === usageType);
}

function detailOf({ usageType, usageId, hasValue }: KnownSecret): string {
  const what =
    usageId === undefined ? t('secret, {0}', usageType) : t('secret, {0}: {1}', usageType, usageId);
  return hasValue === false ? t('{0}, has no value', what) : what;
}

const uuids: FindValues = ({ element }, knowledge) =>
  fitting(element, knowledge).map((secret) => ({ value: secret.uuid, detail: detailOf(secret) }));

const usages: FindValues = ({ element }, knowledge) =>
  distinct(
    fitting(element, knowledge).flatMap((secret) =>
      secret.usageId === undefined ? [] : [{ value: secret.usageId, detail: detailOf(secret) }],
    ),
  );

export const secretValues: ValueTable = new Map([
  ['auth/secret@uuid', uuids],
  ['auth/secret@usage', usages],
  ['encryption/secret@uuid', uuids],
  ['encryption/secret@usage', usages],
]);
