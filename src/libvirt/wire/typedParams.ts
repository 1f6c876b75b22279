import { t } from '../../base/l10n.ts';
import { ProtocolError } from './protocolError.ts';
import type { XdrReader } from './xdrReader.ts';
import type { XdrWriter } from './xdrWriter.ts';
import { array, bool, double, i32, i64, string, u32, u64, type XdrType } from './xdrTypes.ts';

/** virTypedParameter of libvirt-common.h: a field with a value whose type travels along. */
export type TypedParam = { readonly field: string } & (
  | { readonly type: 'int' | 'uint' | 'double'; readonly value: number }
  | { readonly type: 'llong' | 'ullong'; readonly value: bigint }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
);

export type TypedValue = TypedParam['value'];

/** virTypedParameterType of libvirt-common.h. */
const numberOfType: Readonly<Record<TypedParam['type'], number>> = {
  int: 1,
  uint: 2,
  llong: 3,
  ullong: 4,
  double: 5,
  boolean: 6,
  string: 7,
};

function readTypedParam(reader: XdrReader): TypedParam {
  const field = string.read(reader);
  const type = reader.int32();
  switch (type) {
    case 1:
      return { field, type: 'int', value: i32.read(reader) };
    case 2:
      return { field, type: 'uint', value: u32.read(reader) };
    case 3:
      return { field, type: 'llong', value: i64.read(reader) };
    case 4:
      return { field, type: 'ullong', value: u64.read(reader) };
    case 5:
      return { field, type: 'double', value: double.read(reader) };
    case 6:
      return { field, type: 'boolean', value: bool.read(reader) };
    case 7:
      return { field, type: 'string', value: string.read(reader) };
    default:
      throw new ProtocolError(t('libvirt sent the parameter "{0}" with the unknown type {1}.', field, type));
  }
}

function writeTypedParam(writer: XdrWriter, param: TypedParam): void {
  string.write(writer, param.field);
  writer.int32(numberOfType[param.type]);
  switch (param.type) {
    case 'int':
      i32.write(writer, param.value);
      break;
    case 'uint':
      u32.write(writer, param.value);
      break;
    case 'llong':
      i64.write(writer, param.value);
      break;
    case 'ullong':
      u64.write(writer, param.value);
      break;
    case 'double':
      double.write(writer, param.value);
      break;
    case 'boolean':
      bool.write(writer, param.value);
      break;
    case 'string':
      string.write(writer, param.value);
      break;
  }
}

const typedParam: XdrType<TypedParam> = { minSize: 12, read: readTypedParam, write: writeTypedParam };

export const typedParams = (maxCount: number): XdrType<readonly TypedParam[]> => array(typedParam, maxCount);

/** The values by field name. */
export function paramMap(params: readonly TypedParam[]): ReadonlyMap<string, TypedValue> {
  return new Map(params.map(({ field, value }) => [field, value]));
}
