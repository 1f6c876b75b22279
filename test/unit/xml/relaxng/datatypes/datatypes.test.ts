import assert from 'node:assert/strict';
import { DatatypeError, datatypeOf } from '../../../../../src/xml/relaxng/datatypes/data.ts';

type Facets = Readonly<Record<string, string>>;

const takes = (type: string, facets: Facets, text: string): boolean =>
  datatypeOf(
    type,
    Object.entries(facets).map(([name, value]) => ({ name, value })),
  ).takes(text);

/** A type, its facets, texts of it, texts that are not. */
const cases: readonly (readonly [string, Facets, readonly string[], readonly string[]])[] = [
  ['string', {}, ['', ' a '], []],
  ['token', { pattern: '[a-z]+' }, ['b', ' b '], ['B', 'a b']],
  ['string', { pattern: '[a-z]+' }, ['b'], [' b ']],
  ['string', { minLength: '1', maxLength: '2' }, ['a', '😀😀'], ['', 'abc']],
  ['string', { length: '2' }, ['ab'], ['a']],
  ['int', {}, ['4', '+4', '-4', ' 4 ', '2147483647'], ['', 'x', '4.0', '2147483648', '0x4']],
  ['int', { minInclusive: '1', maxInclusive: '9' }, ['1', '9', ' 4 ', '+4'], ['0', '10']],
  ['int', { minExclusive: '1', maxExclusive: '3' }, ['2'], ['1', '3']],
  ['unsignedInt', { pattern: '[0-9]+' }, ['0', '4294967295'], ['+1', '-0', '4294967296', '1 ']],
  ['unsignedLong', {}, ['18446744073709551615'], ['18446744073709551616', '-1', '+1']],
  ['byte', {}, ['-128', '127'], ['128']],
  ['positiveInteger', {}, ['1', '99999999999999999999'], ['0', '-1']],
  ['integer', { maxInclusive: '17592186044415' }, ['17592186044415', '-5'], ['17592186044416']],
  ['double', { minInclusive: '0.5' }, ['0.5', '1e3', 'INF'], ['0.4', '-INF', 'x']],
  ['decimal', {}, ['1.50', '-.5'], ['1e3', 'INF']],
  ['boolean', {}, ['true', '0'], ['yes']],
  [
    'dateTime',
    {},
    ['2026-02-28T23:59:59Z', '2024-02-29T00:00:00.5+01:00'],
    ['2026-02-29T00:00:00', '2026-01-01', '2026-01-01T24:00:00'],
  ],
  ['date', {}, ['2026-12-31'], ['2026-13-01', '2026-00-10']],
  ['time', {}, ['00:00:00'], ['00:60:00']],
  ['NCName', {}, ['a-b', ' a '], ['a:b', '1a']],
  ['anyURI', {}, ['http://a/'], []],
];

describe('datatypes', () => {
  for (const [type, facets, yes, no] of cases) {
    it(`take what is of the type: ${type} ${JSON.stringify(facets)}`, () => {
      for (const text of yes) assert.equal(takes(type, facets, text), true, JSON.stringify(text));
      for (const text of no) assert.equal(takes(type, facets, text), false, JSON.stringify(text));
    });
  }

  it('compare huge numbers in no time', () => {
    assert.equal(takes('integer', { minInclusive: '1' }, '9'.repeat(1_000_000)), false);
  });

  it('do not take what is excepted', () => {
    const type = datatypeOf('string', [], (text) => text === '.');
    assert.equal(type.takes('.'), false);
    assert.equal(type.takes('..'), true);
  });

  it('tell the few texts that a pattern spells out', () => {
    const pattern = (value: string): readonly string[] =>
      datatypeOf('string', [{ name: 'pattern', value }]).values;
    assert.deepEqual(pattern('(vepa|bridge)'), ['vepa', 'bridge']);
    assert.deepEqual(pattern('[a-z]+'), []);
  });

  it('that are not known are refused, as are facets that mean nothing', () => {
    const refused: readonly (readonly [string, Facets])[] = [
      ['QName', {}],
      ['string', { totalDigits: '3' }],
      ['string', { minInclusive: '3' }],
      ['int', { minInclusive: 'x' }],
      ['string', { maxLength: '-1' }],
      ['string', { pattern: '(' }],
    ];
    for (const [type, facets] of refused) assert.throws(() => takes(type, facets, ''), DatatypeError);
  });
});
