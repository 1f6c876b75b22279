import { t } from '../../base/l10n.ts';
import { Problem } from '../../base/errors.ts';

/** A schema that cannot be used: what is wrong, in which file. */
export class SchemaError extends Problem {
  readonly code = 'schema';
}

export function unsupported(fileName: string, what: string, raw?: string): SchemaError {
  return new SchemaError(t('The schema {0} uses {1}, which is not supported.', fileName, what), { raw });
}

export function broken(fileName: string, element: string, raw: string): SchemaError {
  return new SchemaError(t('The schema {0} is broken at <{1}>.', fileName, element), { raw });
}
