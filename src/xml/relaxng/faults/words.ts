import { t } from '../../../base/l10n.ts';
import type { DataPattern, Pattern, TextPattern } from '../pattern.ts';
import { datatypesIn, valuesIn } from '../queries.ts';
import { definitionInWords } from './definitions.ts';
import { listed } from './lists.ts';
import { numberInWords } from './numbers.ts';
import { expressionInWords } from './expressions.ts';

/** What a value may be, for a person: fixed texts, and kinds of text such as "a UUID". */
export function valueInWords(pattern: Pattern): string {
  const values = valuesIn(pattern);
  const kinds = kindsIn(pattern);
  const [only] = values;
  if (only === undefined) return kinds.join(t(' or '));
  const fixed = values.length === 1 ? `'${only}'` : t('one of {0}', listed(values));
  return [fixed, ...kinds].join(t(', or '));
}

/** Kinds of text that the pattern takes, each once. */
function kindsIn(pattern: Pattern): readonly string[] {
  return [...new Set(datatypesIn(pattern).map(kindOf))];
}

function kindOf(data: DataPattern | TextPattern): string {
  if (data.kind === 'text') return t('any text');
  for (const definition of data.definitions) {
    const words = definitionInWords(definition);
    if (words !== undefined) return words;
  }
  const { type, facets } = data.datatype;
  return numberInWords(type, facets) ?? expressionInWords(facets) ?? typeInWords(type);
}

function typeInWords(type: string): string {
  switch (type) {
    case 'boolean':
      return t('true or false');
    case 'dateTime':
      return t('a date and time such as 2026-01-31T12:00:00Z');
    case 'date':
      return t('a date such as 2026-01-31');
    case 'time':
      return t('a time such as 12:00:00');
    case 'anyURI':
      return t('a URI');
    case 'NCName':
    case 'Name':
    case 'NMTOKEN':
      return t('a name');
    default:
      return t('text');
  }
}
