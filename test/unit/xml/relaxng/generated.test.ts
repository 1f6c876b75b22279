import assert from 'node:assert/strict';
import { Completer } from '../../../../src/xml/completion/completer.ts';
import { Validator } from '../../../../src/xml/relaxng/validator.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { farm, schemaOf } from './schemas.ts';

const schema = schemaOf({ 'farm.rng': farm });
const many = 20_000;

function repeated(make: (at: number) => string): string {
  return Array.from({ length: many }, (_, at) => make(at)).join('');
}

function farmWith(attributes: string, stock: string): string {
  return `<farm kind='organic'${attributes}><name>f</name><stock>${stock}</stock></farm>`;
}

/** What takes minutes when anything in it is looked at once for each other thing. */
const generated: readonly (readonly [what: string, text: string, last: RegExp])[] = [
  [
    'unknown attributes',
    farmWith(
      repeated((at) => ` a${at}='x'`),
      '',
    ),
    /19900 more faulty attributes/,
  ],
  [
    'unknown elements',
    farmWith(
      '',
      repeated((at) => `<x${at}/>`),
    ),
    /19900 more faulty elements/,
  ],
  [
    'misspelt elements',
    farmWith(
      '',
      repeated((at) => `<animla type='born'><target mark='m${at}'/></animla>`),
    ),
    /19900 more faulty elements/,
  ],
  [
    'elements with faults',
    farmWith(
      '',
      repeated((at) => `<animal type='x${at}'><targte mark='x'/></animal>`),
    ),
    /19900 more faulty elements/,
  ],
  [
    'elements twice',
    `<farm kind='organic'><stock/>${'<name>f</name>'.repeat(many)}</farm>`,
    /more faulty elements/,
  ],
  [
    'pieces of text',
    farmWith(
      '',
      repeated((at) => `t${at}<animal/>`),
    ),
    /more faulty elements/,
  ],
];

describe('A document with thousands of', () => {
  for (const [what, text, last] of generated) {
    it(`${what} is judged in time, and told about in few faults`, function () {
      this.timeout(10_000);
      const faults = new Validator(schema).validate(scan(text));
      assert.ok(faults.length <= 1_000, String(faults.length));
      assert.ok(
        faults.some(({ message }) => last.test(message)),
        faults.at(-1)?.message,
      );
    });

    it(`${what} is completed in time`, function () {
      this.timeout(10_000);
      const completer = new Completer(schema);
      const document = scan(text);
      completer.at(document, text.indexOf('<stock') + 1);
      completer.at(document, text.lastIndexOf('<'));
      const { offers } = completer.at(document, text.indexOf("'") + 1);
      assert.ok(offers.some(({ label }) => label === 'classic'));
    });
  }

  it('things that do not go with one value is told about at the first of them', function () {
    this.timeout(10_000);
    const animal = `<animal type='born'><source seller='x'>${"<host address='h'/>".repeat(many)}</source><target mark='oxen'/></animal>`;
    const text = farmWith('', animal);
    const [fault, second] = new Validator(schema).validate(scan(text));
    assert.equal(fault?.range.start, text.indexOf('seller'));
    assert.equal(second, undefined);
  });

  it('broken tags is judged in time', function () {
    this.timeout(10_000);
    const text = farmWith(
      '',
      repeated(() => `<animal type='&'><target mark='ox></animal>`),
    );
    const document = scan(text);
    assert.ok(document.faults.length >= many);
    assert.deepEqual(new Validator(schema).validate(document), []);
  });
});
