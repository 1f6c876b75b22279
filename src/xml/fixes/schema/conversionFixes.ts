import { t } from '../../../base/l10n.ts';
import { addAttributes } from '../../attributeEdits.ts';
import { insertChildren } from '../../edits.ts';
import type { Fix } from '../../fix.ts';
import { childElements, textOf } from '../../queries.ts';
import { likelyValues } from '../../completion/likely.ts';
import { attributesIn, elementsIn, namedExactly } from '../../relaxng/queries.ts';
import { escapeXml } from '../../writer.ts';
import { fixOf } from '../markup/fixOf.ts';
import { removal, removalInTag } from '../removal.ts';
import type { FaultyPlace } from './faultyPlace.ts';

/** `<source><file>/a</file></source>`: what should be an attribute. */
export function elementToAttribute({ document, element, parts }: FaultyPlace): readonly Fix[] {
  const { parent } = element;
  if (parent === undefined || childElements(element).length > 0 || element.attributes.length > 0) return [];
  const known = namedExactly(attributesIn(parts.walk.afterAttributes(parent)), element);
  if (known.length === 0) return [];
  const attribute = addAttributes(document, parent, { [element.localName]: textOf(element).trim() });
  return [
    fixOf(t('Write {0} as an attribute', element.name), attribute, removal(document.text, element.range)),
  ];
}

/** `<domain name='vm1'>`: what should be an element. */
export function attributeToElement({ document, element, attribute, parts }: FaultyPlace): readonly Fix[] {
  if (attribute === undefined || element.damaged) return [];
  if (namedExactly(elementsIn(parts.walk.content(element)), attribute).length === 0) return [];
  const child = { name: attribute.localName, text: attribute.value };
  const inserted = insertChildren(document, element, [child], { after: [] });
  return [
    fixOf(
      t('Write {0} as an element', attribute.name),
      inserted,
      removalInTag(document.text, attribute.range),
    ),
  ];
}

/** `<memory>4 GiB</memory>`: what should have its unit in an attribute. */
export function unitToAttribute({ document, element, attribute, fault, parts }: FaultyPlace): readonly Fix[] {
  const text = document.text.slice(fault.range.start, fault.range.end);
  const [, number = '', written = ''] = /^(\d+)\s*([A-Za-z]+)$/.exec(text) ?? [];
  const [pattern] = namedExactly(attributesIn(parts.walk.afterAttributes(element)), {
    namespace: '',
    localName: 'unit',
  });
  if (attribute !== undefined || pattern === undefined || written === '') return [];
  const takes = (unit: string): boolean => parts.schema.derivatives.takesValue(pattern.value, unit);
  const lower = written.toLowerCase();
  const unit = takes(written)
    ? written
    : likelyValues(undefined, element.localName, 'unit').find(
        (known) => takes(known) && known.toLowerCase().startsWith(lower),
      );
  if (unit === undefined) return [];
  return [
    fixOf(t("Write unit='{0}'", unit), addAttributes(document, element, { unit }), {
      range: fault.range,
      newText: escapeXml(number),
    }),
  ];
}
