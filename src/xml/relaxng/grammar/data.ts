import { messageOf } from '../../../base/errors.ts';
import { DatatypeError, datatypeOf } from '../datatypes/data.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import { collapse } from '../derivatives.ts';
import { unsupported } from '../schemaError.ts';
import { required } from './context.ts';
import type { Markup } from './markup.ts';
import type { Syntax } from './syntax.ts';

const xmlSchemaTypes = 'http://www.w3.org/2001/XMLSchema-datatypes';

/** One text, written as `<value>`. */
export function readValue(fileName: string, { attributes, text }: Markup): Syntax {
  const type = attributes.get('type')?.trim() ?? 'token';
  if (type !== 'token' && type !== 'string') throw unsupported(fileName, `<value type='${type}'>`);
  return { kind: 'value', value: type === 'string' ? text : collapse(text), exact: type === 'string' };
}

/** A datatype, written as `<data>`; `params` and `except` are its children. */
export function readData(
  fileName: string,
  markup: Markup,
  library: string,
  params: readonly Markup[],
  except: readonly Syntax[],
): Datatype {
  if (library !== xmlSchemaTypes && library !== '') throw unsupported(fileName, library);
  const type = required(fileName, markup, 'type');
  const facets = params.map((param) => ({ name: required(fileName, param, 'name'), value: param.text }));
  const isExcept = (text: string): boolean => except.some((syntax) => takes(fileName, syntax, text));
  try {
    return datatypeOf(type, facets, isExcept, JSON.stringify(except));
  } catch (error) {
    if (!(error instanceof DatatypeError)) throw error;
    throw unsupported(fileName, `<data type='${type}'>: ${error.what}`, messageOf(error.cause));
  }
}

/** Whether an exception of a datatype applies to the text. */
function takes(fileName: string, syntax: Syntax, text: string): boolean {
  switch (syntax.kind) {
    case 'choice':
      return syntax.parts.some((part) => takes(fileName, part, text));
    case 'value':
      return (syntax.exact ? text : collapse(text)) === syntax.value;
    case 'data':
      return syntax.datatype.takes(text);
    default:
      throw unsupported(fileName, `<except><${syntax.kind}>`);
  }
}
