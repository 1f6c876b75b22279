import { t } from '../../../base/l10n.ts';
import type { XmlAttribute } from '../../document.ts';
import type { Finding } from '../examination/finding.ts';
import { allNearest, nearest } from '../nearest.ts';
import type { Pattern } from '../pattern.ts';
import { attributesIn, datatypesIn, named, valuesIn } from '../queries.ts';
import type { Schema } from '../schema.ts';
import { conditionFor } from './conditions.ts';
import { conditionInWords } from './conditionWords.ts';
import { examplesOf } from './definitions.ts';
import type { Wording } from './inWords.ts';
import { listed, shortened, withFirst } from './lists.ts';
import { valueInWords } from './words.ts';

type WrongValue = Extract<Finding, { kind: 'wrong-value' }>;

export function wrongValue(schema: Schema, finding: WrongValue): Wording {
  const { attribute, allowed, fitting = [] } = finding;
  const { name, value } = attribute;
  const kind = 'wrong-value';
  if (takesEver(schema, finding)) return unfittingValue(schema, finding);
  const values = [...fitting, ...exampleValues(allowed).filter((other) => !fitting.includes(other))];
  const suggestion =
    suggestedValue(schema, allowed, value) ?? (fitting.length === 1 ? fitting[0] : undefined);
  const expected = withFirst(values, suggestion);
  if (suggestion !== undefined && suggestion === value.trim()) {
    return {
      kind,
      message: t("{0} takes no white space around '{1}'.", name, suggestion),
      expected,
      suggestion,
    };
  }
  const message =
    suggestion === undefined
      ? t("{0} cannot be '{1}'. Expected: {2}.", name, shortened(value), expectedWords(allowed, fitting))
      : t(
          "{0} cannot be '{1}'. Did you mean {2}?",
          name,
          shortened(value),
          meantWords(value, suggestion, values),
        );
  return { kind, message, expected, suggestion };
}

/** The suggestion, and others that look as much like what is written: `'ppc' or 'ppc64'`. */
export function meantWords(written: string, suggestion: string, values: readonly string[]): string {
  const alike = allNearest(written.trim(), values).slice(0, maxAlike);
  return withFirst(alike, suggestion)
    .map((value) => `'${value}'`)
    .join(t(' or '));
}

const maxAlike = 3;

/** Whether the attribute can have the value, whatever else the element has. */
function takesEver(schema: Schema, { attribute, allowed, frame }: WrongValue): boolean {
  return schema.derivatives.takesValue(allowed, attribute.value) || takesIn(schema, frame.content, attribute);
}

function takesIn(schema: Schema, content: Pattern, attribute: XmlAttribute): boolean {
  return named(attributesIn(content), attribute).some(({ value }) =>
    schema.derivatives.takesValue(value, attribute.value),
  );
}

/** The value is one that the attribute can have, but not with what the element holds. */
function unfittingValue(schema: Schema, finding: WrongValue): Wording {
  const { attribute, allowed, frame } = finding;
  const { name, value } = attribute;
  const fitting = finding.fitting ?? exampleValues(allowed).filter((other) => other !== value);
  const condition =
    finding.fitting === undefined
      ? conditionFor(schema, frame, (content) => takesIn(schema, content, attribute), attribute)
      : undefined;
  if (condition !== undefined) {
    const message = conditionInWords(`${name}='${value}'`, frame.element, condition);
    return { kind: 'wrong-value', message, expected: fitting };
  }
  const suggestion = fitting.length === 1 ? fitting[0] : nearest(value, fitting);
  const element = frame.element.name;
  const message =
    suggestion === undefined
      ? t(
          "{0}='{1}' does not go with what <{2}> holds. That goes with {3}.",
          name,
          value,
          element,
          listed(fitting),
        )
      : t(
          "{0}='{1}' does not go with what <{2}> holds. Did you mean '{3}'?",
          name,
          value,
          element,
          suggestion,
        );
  return { kind: 'wrong-value', message, expected: withFirst(fitting, suggestion), suggestion };
}

function expectedWords(allowed: Pattern, fitting: readonly string[]): string {
  return fitting.length > 0 ? t('one of {0}', listed(fitting)) : valueInWords(allowed);
}

/** What was likely meant: the same without white space around it or a comment behind it, or a value that looks alike or means the same. */
export function suggestedValue(schema: Schema, allowed: Pattern, written: string): string | undefined {
  const trimmed = written.trim();
  if (trimmed !== written && schema.derivatives.takesValue(allowed, trimmed)) return trimmed;
  const bare = trimmed.replace(/\s(#|\/\/).*$/s, '').trimEnd();
  if (bare !== trimmed && bare !== '' && schema.derivatives.takesValue(allowed, bare)) return bare;
  const values = exampleValues(allowed);
  const [only, second] = values;
  const isOnly = only !== undefined && second === undefined && datatypesIn(allowed).length === 0;
  return nearest(trimmed, values) ?? synonym(trimmed, values) ?? (isOnly ? only : undefined);
}

/** The values that may be, and well-known ones of a kind of text that has others too. */
export function exampleValues(allowed: Pattern): readonly string[] {
  const examples = datatypesIn(allowed).flatMap((data) =>
    data.kind === 'data' ? data.definitions.flatMap(examplesOf) : [],
  );
  return [...new Set([...valuesIn(allowed), ...examples])];
}

const sameMeaning = [
  ['yes', 'on', 'true', '1', 'enabled', 'enable'],
  ['no', 'off', 'false', '0', 'disabled', 'disable'],
  ['rbd', 'ceph'],
];

/** What is said in other words: `true` where `yes` is meant. */
function synonym(written: string, values: readonly string[]): string | undefined {
  const same = sameMeaning.find((words) => words.includes(written.toLowerCase()));
  return values.find((value) => same?.includes(value));
}
