import { collapse } from '../derivatives.ts';

/** What the texts of a type of XML Schema look like. */
export interface BaseType {
  /** Whether white space is kept as it is, so that it counts. */
  readonly keepsSpace?: boolean;
  /** Texts of the type, once white space is collapsed. */
  readonly form: RegExp;
  /** Least and greatest of a whole number. */
  readonly range?: readonly [bigint | undefined, bigint | undefined];
  readonly isValid?: (text: string) => boolean;
}

/** Longer numbers are none that anything could hold. */
const maxDigits = 1_000;

const anything = /^/;
const whole = /^[+-]?[0-9]+$/;
/** libxml2, which libvirt validates with, takes no sign here. */
const unsigned = /^[0-9]+$/;
const decimal = /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/;
const floating = /^([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|-?INF|NaN)$/;
const zone = '(Z|[+-][0-9]{2}:[0-9]{2})?';
const nameStart = 'A-Za-z_\\u0080-\\uffff';

/** The types that schemas may use. */
export const baseTypes: ReadonlyMap<string, BaseType> = new Map<string, BaseType>([
  ['string', { form: anything, keepsSpace: true }],
  ['normalizedString', { form: anything }],
  ['token', { form: anything }],
  ['anyURI', { form: anything }],
  ['boolean', { form: /^(true|false|1|0)$/ }],
  ['byte', signed(8)],
  ['short', signed(16)],
  ['int', signed(32)],
  ['long', signed(64)],
  ['integer', { form: whole, range: [undefined, undefined] }],
  ['positiveInteger', { form: whole, range: [1n, undefined] }],
  ['nonNegativeInteger', { form: whole, range: [0n, undefined] }],
  ['nonPositiveInteger', { form: whole, range: [undefined, 0n] }],
  ['negativeInteger', { form: whole, range: [undefined, -1n] }],
  ['unsignedByte', natural(8)],
  ['unsignedShort', natural(16)],
  ['unsignedInt', natural(32)],
  ['unsignedLong', natural(64)],
  ['decimal', { form: decimal }],
  ['float', { form: floating }],
  ['double', { form: floating }],
  [
    'dateTime',
    {
      form: new RegExp(`^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?${zone}$`),
      isValid: (text) => isDate(text) && isTime(text.slice(text.indexOf('T') + 1)),
    },
  ],
  ['date', { form: new RegExp(`^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}${zone}$`), isValid: isDate }],
  ['time', { form: new RegExp(`^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?${zone}$`), isValid: isTime }],
  ['NCName', { form: new RegExp(`^[${nameStart}][-.0-9\\u00b7${nameStart}]*$`) }],
  ['Name', { form: new RegExp(`^[:${nameStart}][-.:0-9\\u00b7${nameStart}]*$`) }],
  ['NMTOKEN', { form: new RegExp(`^[-.:0-9\\u00b7${nameStart}]+$`) }],
  ['language', { form: /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/ }],
  ['hexBinary', { form: /^([0-9a-fA-F]{2})*$/ }],
]);

/** Whether texts of the type are numbers. */
export function isNumeric(type: BaseType): boolean {
  return type.range !== undefined || type.form === decimal || type.form === floating;
}

/** Whether the text, white space collapsed, is one of the type. */
export function isOfType(type: BaseType, text: string): boolean {
  if (type.range !== undefined && text.length > maxDigits) return false;
  if (!type.form.test(text) || type.isValid?.(text) === false) return false;
  if (type.range === undefined) return true;
  const [least, greatest] = type.range;
  const number = BigInt(text.replace('+', ''));
  return !(least !== undefined && number < least) && !(greatest !== undefined && number > greatest);
}

/** The text as its type compares it. */
export function normalized(type: BaseType, text: string): string {
  return type.keepsSpace === true ? text : collapse(text);
}

function signed(bits: number): BaseType {
  const limit = 1n << BigInt(bits - 1);
  return { form: whole, range: [-limit, limit - 1n] };
}

function natural(bits: number): BaseType {
  return { form: unsigned, range: [0n, (1n << BigInt(bits)) - 1n] };
}

function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^-?([0-9]+)-([0-9]{2})-([0-9]{2})/.exec(text) ?? [];
  const days = new Date(Date.UTC(Number(year) % 400, Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}

function isTime(text: string): boolean {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':', 3).map((part) => parseInt(part, 10));
  return hours <= 23 && minutes <= 59 && seconds <= 59;
}
