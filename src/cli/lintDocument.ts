import { t } from '../base/l10n.ts';
import type { RuleSettings } from '../rules/check.ts';
import { checkDocument, type Diagnosis } from '../rules/checkDocument.ts';
import type { Severity } from '../rules/rule.ts';
import { LineIndex } from '../xml/lines.ts';
import type { XmlDocument } from '../xml/document.ts';
import { SchemaError } from '../xml/relaxng/schemaError.ts';
import { scan } from '../xml/scanner/scan.ts';
import { claimedKind, rootNames } from '../xml/schemas/rootKinds.ts';
import type { SchemaCache } from '../xml/schemas/schemaCache.ts';
import { schemaFiles } from '../xml/schemas/schemaFiles.ts';
import type { SchemaSet } from '../xml/schemas/schemaSet.ts';

/** One thing that is wrong. Lines and columns count from 1, columns in UTF-16 code units; the end does not belong to it. */
export interface Complaint {
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** Names or values that fit, the likeliest first; left out when there are none to name. */
  readonly expected?: readonly string[];
}

/** What documents are checked by. */
export interface LintSettings {
  readonly schemas: SchemaSet;
  readonly cache: SchemaCache;
  readonly rules: RuleSettings | 'none' | undefined;
}

type Described = Pick<Diagnosis, 'range' | 'severity' | 'code' | 'message' | 'expected'>;

/** A fault of the document that has no schema to belong to. */
export const unknownRootCode = 'unknown-root';

/**
 * All that is wrong with the text of one document, the most important first. Rejects with a Problem when the schemas
 * cannot judge it.
 */
export async function lintDocument(text: string, settings: LintSettings): Promise<readonly Complaint[]> {
  const document = scan(text);
  const kind = claimedKind(document);
  const ready = kind && (await settings.cache.schemaFor(settings.schemas, kind));
  if (kind && !ready)
    throw new SchemaError(t('The schemas have none for such a document: {0}', schemaFiles[kind]));
  const rules = kind ? settings.rules : 'none';
  const diagnoses: readonly Described[] = [
    ...checkDocument(document, { validator: ready?.validator, rules }),
    ...(kind ? [] : unknownRoot(document)),
  ];
  return diagnoses.length === 0 ? [] : withPlaces(text, diagnoses);
}

/** A root whose tags are at fault has been complained of. */
function unknownRoot({ root }: XmlDocument): readonly Described[] {
  if (root === undefined || root.damaged) return [];
  const message = t('No document of libvirt begins with <{0}>.', root.name);
  return [{ range: root.nameRange, severity: 'error', code: unknownRootCode, message, expected: rootNames }];
}

function withPlaces(text: string, diagnoses: readonly Described[]): readonly Complaint[] {
  const lines = new LineIndex(text);
  return diagnoses.map(({ range, severity, code, message, expected }) => {
    const [start, end] = [lines.positionAt(range.start), lines.positionAt(range.end)];
    const place = {
      line: start.line + 1,
      col: start.column + 1,
      endLine: end.line + 1,
      endCol: end.column + 1,
    };
    return { ...place, severity, code, message, ...(expected.length > 0 && { expected }) };
  });
}
