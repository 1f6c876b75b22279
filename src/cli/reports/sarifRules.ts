import { t } from '../../base/l10n.ts';
import { allRules } from '../../rules/allRules.ts';
import type { SchemaFaultKind } from '../../xml/relaxng/fault.ts';
import { unknownRootCode } from '../lintDocument.ts';

/** What SARIF calls a reporting descriptor. */
export interface RuleDescription {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription?: { readonly text: string };
  readonly helpUri: string;
}

const formats = 'https://libvirt.org/format.html';
const wellFormed = 'https://www.w3.org/TR/xml/#sec-well-formed';

const schemaFaults: Readonly<Record<SchemaFaultKind | typeof unknownRootCode, () => string>> = {
  'unknown-element': () => t('An element that libvirt does not know here.'),
  'misplaced-element': () => t('An element in a place where libvirt does not take it.'),
  'duplicate-element': () => t('An element that may be there only once.'),
  'missing-element': () => t('An element that is required is missing.'),
  'unknown-attribute': () => t('An attribute that the element does not have.'),
  'misplaced-attribute': () => t('An attribute that does not go with the others of its element.'),
  'missing-attribute': () => t('An attribute that is required is missing.'),
  'wrong-value': () => t('A value that libvirt does not take.'),
  'missing-text': () => t('An element without the text that it must hold.'),
  'stray-text': () => t('Text where only elements may be.'),
  [unknownRootCode]: () => t('A document that does not begin as one of libvirt’s.'),
};

function isSchemaFault(code: string): code is keyof typeof schemaFaults {
  return code in schemaFaults;
}

/** What is behind the code of a complaint: a rule, a fault of the schema, else one of the markup. */
export function describeCode(code: string): RuleDescription {
  const rule = allRules.find(({ id }) => id === code);
  if (rule) {
    const text = rule.explanation();
    const [first = text] = text.split(/(?<=\.)\s+(?=[A-Z])|(?<=。)/, 1);
    return {
      id: code,
      shortDescription: { text: first },
      fullDescription: { text },
      helpUri: rule.documentationUrl,
    };
  }
  return isSchemaFault(code)
    ? { id: code, shortDescription: { text: schemaFaults[code]() }, helpUri: formats }
    : { id: code, shortDescription: { text: t('The XML is not well-formed.') }, helpUri: wellFormed };
}
