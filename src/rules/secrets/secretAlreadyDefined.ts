import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { insertChildren, type TextEdit } from '../../xml/edits.ts';
import { removeElement } from '../../xml/elementEdits.ts';
import { identityIn } from '../../xml/identity.ts';
import { childElements, childNamed, textRangeOf } from '../../xml/queries.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { type SecretDefinition, secretDefinitionOf } from './secretDefinition.ts';

/** A UUID that the host has for another use, or a use that it has under another UUID. */
export const secretAlreadyDefined: Rule = {
  id: 'secret-already-defined',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatsecret.html',
  explanation: () =>
    t(
      'A host has one secret for a use and one use for a secret, and neither can be changed once it is defined: libvirt refuses the definition ("already defined for use with"). To define a secret again, give it the same UUID and usage; to change the use, remove the old secret first.',
    ),
  check(document, knowledge) {
    const definition = secretDefinitionOf(document);
    if (definition === undefined || knowledge === undefined) return [];
    const { usageType, usageId, secret } = definition;
    const { uuid } = identityIn(secret);
    const isSameUse = (known: {
      readonly usageType: string;
      readonly usageId?: string | undefined;
    }): boolean => known.usageType === usageType && known.usageId === usageId;
    const sameUuid = knowledge.secrets.find((known) => known.uuid === uuid);
    if (sameUuid !== undefined) {
      return isSameUse(sameUuid)
        ? []
        : [uuidTaken(document, definition, knowledge.hostName, sameUuid.usageId ?? sameUuid.usageType)];
    }
    const sameUse = usageId === undefined ? undefined : knowledge.secrets.find(isSameUse);
    return sameUse === undefined ? [] : [useTaken(document, definition, knowledge.hostName, sameUse.uuid)];
  },
};

function uuidTaken(
  document: XmlDocument,
  { secret }: SecretDefinition,
  hostName: string,
  usage: string,
): Finding {
  const element = childNamed(secret, 'uuid');
  const range = element && textRangeOf(document, element);
  return findingOf(
    secretAlreadyDefined,
    range ?? secret.nameRange,
    t('{0} has a secret of this UUID for another use: {1}.', hostName, usage),
    element && [possibleFix(t('Let libvirt choose a UUID'), [removeElement(document, element)])],
  );
}

function useTaken(
  document: XmlDocument,
  { secret, usage }: SecretDefinition,
  hostName: string,
  uuid: string,
): Finding {
  const [name] = usage === undefined ? [] : childElements(usage);
  const place = name ?? secret;
  return findingOf(
    secretAlreadyDefined,
    textRangeOf(document, place) ?? place.nameRange,
    t('{0} has a secret for this use already: {1}.', hostName, uuid),
    [preferredFix(t('Define that secret again: take its UUID'), [uuidEdit(document, secret, uuid)])],
  );
}

function uuidEdit(document: XmlDocument, secret: SecretDefinition['secret'], uuid: string): TextEdit {
  const element = childNamed(secret, 'uuid');
  const range = element && textRangeOf(document, element);
  if (range !== undefined) return { range, newText: uuid };
  const inserted = insertChildren(document, secret, [{ name: 'uuid', text: uuid }], { after: [] });
  return element === undefined ? inserted : { range: element.range, newText: `<uuid>${uuid}</uuid>` };
}
