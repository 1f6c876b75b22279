import type { SchemaFaultKind } from '../../relaxng/fault.ts';
import type { Fix } from '../../fix.ts';
import { attributeToElement, elementToAttribute, unitToAttribute } from './conversionFixes.ts';
import type { FaultyPlace, SchemaRepair } from './faultyPlace.ts';
import { addAttributes, addChildren, addText } from './missingFixes.ts';
import { moveElement } from './moveFixes.ts';
import { removeAttribute, removeDuplicate, removeElement, repairStrayText } from './removalFixes.ts';
import { renameAttribute, renameElement, replaceValue } from './spellingFixes.ts';

const repairs: Readonly<Record<SchemaFaultKind, readonly SchemaRepair[]>> = {
  'unknown-element': [elementToAttribute, renameElement, moveElement, removeElement],
  'misplaced-element': [moveElement, renameElement, removeElement],
  'duplicate-element': [removeDuplicate],
  'missing-element': [addChildren],
  'unknown-attribute': [attributeToElement, renameAttribute, removeAttribute],
  'misplaced-attribute': [removeAttribute],
  'missing-attribute': [addAttributes],
  'wrong-value': [unitToAttribute, replaceValue],
  'missing-text': [addText],
  'stray-text': [repairStrayText],
};

/** Everything that may repair the fault, not yet tried, the likeliest first. */
export function possibleSchemaFixes(place: FaultyPlace): readonly Fix[] {
  return repairs[place.fault.kind].flatMap((repair) => repair(place));
}
