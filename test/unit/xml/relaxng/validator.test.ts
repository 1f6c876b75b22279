import assert from 'node:assert/strict';
import { Validator } from '../../../../src/xml/relaxng/validator.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { farm, schemaFor, schemaOf } from './schemas.ts';

const schema = schemaOf({ 'farm.rng': farm });
const farmOf = (animals: string): string =>
  `<farm kind='organic'><name>f</name><stock>\n${animals}\n</stock></farm>`;
const animal = (mark: string): string => `<animal type='born'><target mark='${mark}'/></animal>`;

describe('Validator', () => {
  it('tells the same of a document that it has seen before, and of one that has changed', () => {
    const validator = new Validator(schema);
    const good = farmOf(
      Array.from({ length: 20 }, (_, at) => animal(`ox${'abcdefghijklmnopqrstuvwxyz'[at]!}`)).join('\n'),
    );
    const bad = good.replace("'oxf'", "'pig'");
    for (let round = 0; round < 3; round++) {
      assert.equal(validator.validate(scan(good)).length, 0);
      const [fault, second] = validator.validate(scan(`<!-- ${round} -->${bad}`));
      assert.equal(fault?.range.start, `<!-- ${round} -->`.length + bad.indexOf('pig'));
      assert.equal(second, undefined);
    }
  });

  it('does not take the same text for the same where a prefix means something else', () => {
    const strict = schemaFor(
      '<element name="a"><oneOrMore><element name="b"><element name="c" ns="urn:x"><empty/></element></element></oneOrMore></element>',
    );
    const validator = new Validator(strict);
    assert.equal(validator.validate(scan('<a xmlns:p="urn:x"><b><p:c/></b></a>')).length, 0);
    assert.equal(validator.validate(scan('<a xmlns:p="urn:y"><b><p:c/></b></a>')).length, 1);
    assert.equal(validator.validate(scan('<a xmlns:p="urn:x"><b><p:c/></b></a>')).length, 0);
  });

  it('tells the same after the patterns of its schema were dropped', () => {
    const own = schemaOf({ 'farm.rng': farm });
    const validator = new Validator(own);
    const text = farmOf(`${animal('oxen')}<animal type='bonr'><target mark='cows'/></animal>`);
    const before = validator.validate(scan(text));
    own.trim(0);
    assert.deepEqual(validator.validate(scan(text)), before);
    assert.equal(before.length, 1);
  });

  it('gives nothing for a document without an element', () => {
    assert.deepEqual(new Validator(schema).validate(scan('')), []);
  });

  it('judges elements nested as deep as the scanner reads them', () => {
    const nested = schemaOf({
      'main.rng': `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="x"/></start>
        <define name="x"><element name="a"><optional><ref name="x"/></optional></element></define></grammar>`,
    });
    const text = '<a>'.repeat(250) + '<b/>' + '</a>'.repeat(250);
    assert.equal(new Validator(nested).validate(scan(text)).length, 1);
  });

  it('comes to an end with a document in which everything is wrong', () => {
    const wrong = `<animal type='bonr'><soruce seler='x'/><birth>x</birth><host/>text</animal>`;
    const faults = new Validator(schema).validate(scan(farmOf(wrong.repeat(300))));
    assert.ok(faults.length >= 300 && faults.length <= 1_000, String(faults.length));
  });

  it('gives faults in the order of their places', () => {
    const text = `<farm><stock>x</stock><nmae>a/b</nmae><area>y</area></farm>`;
    const starts = new Validator(schema).validate(scan(text)).map(({ range }) => range.start);
    assert.ok(starts.length > 2);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
  });
});
