import assert from 'node:assert/strict';
import type { XmlElement } from '../../../../src/xml/document.ts';
import { attributeNamed, elementsOf } from '../../../../src/xml/queries.ts';
import {
  attributesIn,
  firstElements,
  localNames,
  named,
  requiredAttributes,
  requiredElements,
  takesText,
  valuesIn,
} from '../../../../src/xml/relaxng/queries.ts';
import { SchemaWalk } from '../../../../src/xml/relaxng/walk.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { farm, schemaOf } from './schemas.ts';

const schema = schemaOf({ 'farm.rng': farm });

function elementOf(text: string, name: string): XmlElement {
  for (const element of elementsOf(scan(text))) if (element.name === name) return element;
  throw new Error(`There is no <${name}>.`);
}

const names = (walk: SchemaWalk, parent: XmlElement, child?: XmlElement): readonly string[] =>
  localNames(firstElements(walk.contentBefore(parent, child)));

describe('SchemaWalk', () => {
  it('tells what elements may come next, without those that are there', () => {
    const parent = elementOf(`<farm kind='organic'><name>f</name><area>1</area></farm>`, 'farm');
    const walk = new SchemaWalk(schema);
    assert.deepEqual([...names(walk, parent)].sort(), [
      'features',
      'notes',
      'on_frost',
      'on_rain',
      'stock',
      'title',
      'weather',
    ]);
    assert.deepEqual(requiredElements(walk.contentBefore(parent, undefined)), ['stock']);
  });

  it('tells what may come before a child', () => {
    const text = `<farm kind='organic'><weather><sun/><rain/></weather></farm>`;
    const weather = elementOf(text, 'weather');
    const walk = new SchemaWalk(schema);
    const rain = weather.children.find(
      (child) => child.kind === 'element' && child.name === 'rain',
    ) as XmlElement;
    assert.deepEqual(names(walk, weather, rain), ['wind', 'rain']);
  });

  it('knows what goes with the attributes that are given', () => {
    const text = (type: string): string =>
      `<farm kind='organic'><stock><animal type='${type}'><source /></animal></stock></farm>`;
    const walk = new SchemaWalk(schema);
    const attributes = (type: string): readonly string[] =>
      localNames(attributesIn(walk.afterAttributes(elementOf(text(type), 'source'))));
    assert.deepEqual(attributes('bought'), ['seller', 'price']);
    assert.deepEqual(attributes('born'), ['mother']);
    assert.deepEqual(requiredAttributes(walk.afterAttributes(elementOf(text('born'), 'source'))), ['mother']);
  });

  it('tells the values of an attribute beside the others', () => {
    const animal = elementOf(
      `<farm kind='organic'><stock><animal type='' stall='1'/></stock></farm>`,
      'animal',
    );
    const type = attributeNamed(animal, 'type')!;
    const left = new SchemaWalk(schema).afterAttributes(animal, type);
    assert.deepEqual(
      named(attributesIn(left), type).flatMap(({ value }) => valuesIn(value)),
      ['bought', 'born'],
    );
  });

  it('tells the texts of an element', () => {
    const rain = elementOf(`<farm kind='organic'><on_rain></on_rain></farm>`, 'on_rain');
    const content = new SchemaWalk(schema).contentBefore(rain, undefined);
    assert.deepEqual(valuesIn(content), ['destroy', 'restart', 'ignore']);
    assert.equal(takesText(content), true);
  });

  it('goes on over what is wrong, misspelt or unfinished', () => {
    const text = `<farm knid='x'><nmae>f</nmae><area>x</area><stock><animal type='born'><`;
    const walk = new SchemaWalk(schema);
    assert.deepEqual([...names(walk, elementOf(text, 'animal'))].sort(), ['birth', 'source', 'target']);
    assert.equal(names(walk, elementOf(text, 'farm')).includes('area'), false);
  });

  it('knows nothing of elements that the schema does not have', () => {
    const text = `<farm kind='organic'><colour><name/></colour></farm>`;
    const walk = new SchemaWalk(schema);
    assert.deepEqual(walk.candidates(elementOf(text, 'colour')), []);
    assert.deepEqual(walk.candidates(elementOf(text, 'name')), []);
    assert.deepEqual(names(walk, elementOf(text, 'colour')), []);
    assert.deepEqual(walk.candidates(elementOf('<house/>', 'house')), []);
  });
});
