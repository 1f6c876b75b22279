import type { XmlDocument, XmlElement } from '../document.ts';
import { layoutOf } from '../edits.ts';
import { indentationAt } from '../indentation.ts';
import { childElements } from '../queries.ts';
import { namesOf, type QualifiedName } from '../relaxng/nameClass.ts';
import type { ElementPattern, Pattern } from '../relaxng/pattern.ts';
import { firstElements, requiredElements } from '../relaxng/queries.ts';
import type { ContentPlace } from './cursorPlace.ts';
import { viewOf } from './elementView.ts';
import type { Expansion } from './expansion/expansion.ts';
import { prefixedName } from '../prefixes.ts';
import { Row } from './row.ts';
import { unlikelihood } from './likely.ts';
import type { Offer } from './offer.ts';
import type { Parts } from './parts.ts';

interface Candidate {
  readonly name: QualifiedName;
  readonly patterns: readonly ElementPattern[];
}

/** The elements that may stand in `parent` at the place, by what stands before and behind it; the likeliest first. */
export function elementOffers(
  document: XmlDocument,
  place: ContentPlace,
  parent: XmlElement,
  { schema, walk, expansion }: Parts,
): readonly Offer[] {
  const { typed, range, form } = place;
  const siblings = childElements(parent).filter((child) => child !== typed);
  const following = siblings.filter((sibling) => sibling.range.start >= range.start);
  const before = walk.contentBefore(parent, typed ?? following[0]);
  const row = new Row(walk, before, following, parent.damaged);
  const required = new Set(requiredElements(before));
  const indentation = indentationAt(document.text, range.start);
  const layout = layoutOf(document, parent, indentation);
  const view = viewOf(parent);
  const offers = candidatesOf(before).flatMap(({ name, patterns }): Offer[] => {
    const fitting = patterns.filter((pattern) => row.takes(schema.derivatives.element(before, [pattern])));
    if (fitting.length === 0) return [];
    const written = prefixedName(name, parent.scope)?.name;
    if (written === undefined) return [];
    const simplest = simplestOf(fitting, parent.localName, expansion);
    const snippet = form === 'name' ? written : expansion.snippet(simplest, name, view, parent.scope, layout);
    if (snippet === undefined) return [];
    return [
      {
        kind: 'element',
        label: written,
        filterText: form === 'tag' ? `<${written}` : written,
        snippet,
        isRequired: required.has(name.localName),
      },
    ];
  });
  const rank = ({ isRequired, label }: Offer): number =>
    isRequired ? -1 : unlikelihood(parent.localName, label);
  return offers.sort((a, b) => rank(a) - rank(b));
}

/** What may come next, the patterns of one name together, in the order of the schema. */
function candidatesOf(before: Pattern): readonly Candidate[] {
  const byName = new Map<string, { name: QualifiedName; patterns: ElementPattern[] }>();
  for (const pattern of firstElements(before)) {
    if (pattern.content().kind === 'notAllowed') continue;
    for (const name of namesOf(pattern.name)) {
      const key = `${name.namespace} ${name.localName}`;
      const known = byName.get(key);
      if (known === undefined) byName.set(key, { name, patterns: [pattern] });
      else known.patterns.push(pattern);
    }
  }
  return [...byName.values()];
}

function simplestOf(
  patterns: readonly ElementPattern[],
  parent: string,
  { skeletons }: Expansion,
): ElementPattern {
  const cost = (pattern: ElementPattern): number => skeletons.ofElement(pattern, parent)?.cost ?? Infinity;
  return patterns.reduce((best, pattern) => (cost(pattern) < cost(best) ? pattern : best));
}
