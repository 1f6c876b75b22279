import assert from 'node:assert/strict';
import type { SchemaFault, SchemaFaultKind } from '../../../../src/xml/relaxng/fault.ts';
import { Validator } from '../../../../src/xml/relaxng/validator.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { farm, schemaOf } from './schemas.ts';

const schema = schemaOf({ 'farm.rng': farm });

interface Expected {
  readonly kind: SchemaFaultKind;
  /** What the message must say. */
  readonly says: RegExp;
  readonly suggestion?: string;
  readonly belongsIn?: string;
}

const kind = (kindOf: SchemaFaultKind, says: RegExp, suggestion?: string, belongsIn?: string): Expected => ({
  kind: kindOf,
  says,
  ...(suggestion !== undefined && { suggestion }),
  ...(belongsIn !== undefined && { belongsIn }),
});

const around = (inside: string, kindOfFarm = 'organic'): string =>
  `<farm kind='${kindOfFarm}'>\n  <name>f</name>\n  ${inside}\n  <stock/>\n</farm>`;
const inStock = (inside: string): string =>
  `<farm kind='organic'>\n  <name>f</name>\n  <stock>\n    ${inside}\n  </stock>\n</farm>`;

/** A document with marks around each token at fault, and what is told of it, in order. */
const faulty: readonly (readonly [string, ...Expected[]])[] = [
  // Names of elements.
  [around('<«aera»>1</aera>'), kind('unknown-element', /<aera>.*<farm>.*<area>/, 'area')],
  [around('<«Title»>x</Title>'), kind('unknown-element', /<title>/, 'title')],
  [around('<«feat»><acid/></feat>'), kind('unknown-element', /<features>/, 'features')],
  [around('<features><«aicd»/></features>'), kind('unknown-element', /<acid>/, 'acid')],
  [around('<«colour»>x</colour>'), kind('unknown-element', /<colour>.*<title>, <area>/)],
  [`<farm kind='organic'><«nmae»>f</nmae><stock/></farm>`, kind('unknown-element', /<name>/, 'name')],
  [
    `<farm kind='organic'><«label»>f</label><stock/></farm>`,
    kind('unknown-element', /<label>.*<name>/, 'name'),
  ],
  [`<«fram» kind='organic'><name>f</name><stock/></fram>`, kind('unknown-element', /<farm>/, 'farm')],
  [inStock("<«machin» model='mower'/>"), kind('unknown-element', /<machine>/, 'machine')],
  [
    inStock("<«machin» model='«mowre»'/>"),
    kind('unknown-element', /<machine>/, 'machine'),
    kind('wrong-value', /mower/, 'mower'),
  ],
  // Names of attributes.
  [around("<area «unti»='KiB'>1</area>"), kind('unknown-attribute', /unti.*unit/, 'unit')],
  [`<farm «knid»='organic'><name>f</name><stock/></farm>`, kind('unknown-attribute', /kind/, 'kind')],
  [`<farm «sort»='organic'><name>f</name><stock/></farm>`, kind('unknown-attribute', /sort.*kind/, 'kind')],
  [inStock("<machine model='mower' «Running»='yes'/>"), kind('unknown-attribute', /running/, 'running')],
  [inStock("<machine model='mower' «seller»='x'/>"), kind('unknown-attribute', /seller.*running/)],
  [`<farm kind='organic' «name»='f'><stock/></farm>`, kind('unknown-attribute', /name.*element.*<name>/)],
  [
    inStock("<animal type='bought' «bus»='sata'><source seller='x'/><target mark='oxen'/></animal>"),
    kind('unknown-attribute', /bus.*<target>/),
  ],
  // Values.
  [
    `<farm kind='«orgnaic»'><name>f</name><stock/></farm>`,
    kind('wrong-value', /orgnaic.*'organic'/, 'organic'),
  ],
  [`<farm kind='«Organic»'><name>f</name><stock/></farm>`, kind('wrong-value', /'organic'/, 'organic')],
  [`<farm kind='«wild»'><name>f</name><stock/></farm>`, kind('wrong-value', /wild.*organic, classic/)],
  [`<farm kind='«»'><name>f</name><stock/></farm>`, kind('wrong-value', /organic, classic/)],
  [inStock("<machine model='mower' running='«true»'/>"), kind('wrong-value', /'yes'/, 'yes')],
  [inStock("<fence uuid='«12»'/>"), kind('wrong-value', /a UUID/)],
  [inStock("<fence usage='x' posts='«1 x»'/>"), kind('wrong-value', /posts.*a number/)],
  [
    inStock("<animal type='bought' stall='«4a»'><source seller='x'/><target mark='oxen'/></animal>"),
    kind('wrong-value', /stall.*whole number/),
  ],
  [around("<area unit='«Kib»'>1</area>"), kind('wrong-value', /'KiB'/, 'KiB')],
  [
    inStock(
      "<animal type='bought'><source seller='x'><host address='h' port='«high»'/></source><target mark='oxen'/></animal>",
    ),
    kind('wrong-value', /a number from -1 to 65535/),
  ],
  [
    inStock("<animal type='born' stall='« 4»'><target mark='oxen'/></animal>"),
    kind('wrong-value', /white space.*'4'/, '4'),
  ],
  // Text of elements.
  [around('<on_rain>«destory»</on_rain>'), kind('wrong-value', /<on_rain>.*'destroy'/, 'destroy')],
  [around('<on_rain>\n «later» \n</on_rain>'), kind('wrong-value', /later.*destroy, restart, ignore/)],
  [around('<area>«two»</area>'), kind('wrong-value', /<area>.*two.*whole number/)],
  [around('<area>«4 GiB»</area>'), kind('wrong-value', /<area unit='GiB'>4<\/area>/)],
  [around('<«area»/>'), kind('missing-text', /<area> is empty/)],
  [around('<«on_rain»> </on_rain>'), kind('missing-text', /destroy, restart/)],
  // Missing parts.
  [`<«farm» kind='organic'><stock/></farm>`, kind('missing-element', /<farm> lacks <name>/, 'name')],
  [`<«farm» kind='organic'></farm>`, kind('missing-element', /<name>, <stock>/)],
  [
    `<«farm»><name>f</name><stock/></farm>`,
    kind('missing-attribute', /kind: one of organic, classic/, 'kind'),
  ],
  [inStock('<«fence»/>'), kind('missing-attribute', /uuid or usage/)],
  [
    inStock("<animal type='bought'><«source»/><target mark='oxen'/></animal>"),
    kind('missing-attribute', /<source> lacks.*seller/, 'seller'),
  ],
  [
    inStock("<«animal» type='bought'><source seller='x'/></animal>"),
    kind('missing-element', /<target>/, 'target'),
  ],
  [around('<«weather»/>'), kind('missing-element', /<sun>/, 'sun')],
  // Wrong places.
  [around('<«acid»/>'), kind('misplaced-element', /<acid>.*<features>/, undefined, 'farm/features')],
  [
    around('<features><«area»>1</area></features>'),
    kind('misplaced-element', /<area>.*<farm>/, undefined, 'farm'),
  ],
  [around("<«machine» model='mower'/>"), kind('misplaced-element', /<stock>/, undefined, 'farm/stock')],
  [
    inStock("<animal type='bought'><source seller='x'/><«host» address='h'/><target mark='oxen'/></animal>"),
    kind('misplaced-element', /<host>.*<source>/, undefined, 'farm/stock/animal/source'),
  ],
  [
    inStock("<animal type='bought'><source seller='x'><«target» mark='oxen'/></source></animal>"),
    kind('misplaced-element', /<target>.*<animal>/, undefined, 'farm/stock/animal'),
  ],
  [
    around('<weather><sun/><rain/><«wind»/></weather>'),
    kind('misplaced-element', /<wind>.*before <rain>/, undefined, 'farm/weather'),
  ],
  // What goes with what.
  [
    inStock(
      "<animal type='bought'><source seller='x'/><target mark='oxen'/><«birth»>2026-01-01</birth></animal>",
    ),
    kind('misplaced-element', /<birth> goes with type='born'; this is type='bought'/),
  ],
  [
    inStock("<animal type='born'><source «seller»='x'/><target mark='oxen'/></animal>"),
    kind('misplaced-attribute', /seller.*type='bought'.*type='born'/),
  ],
  [
    inStock(
      "<animal type='born'><source «seller»='x' price='2'><host address='h'/></source><target mark='oxen'/></animal>",
    ),
    kind('misplaced-attribute', /seller goes with type='bought'.*type='born'/),
  ],
  [
    inStock(
      "<animal type='«bought»'><source mother='x'/><target mark='oxen'/><birth>2026-01-31</birth></animal>",
    ),
    kind('wrong-value', /type='bought' does not go with.*'born'/, 'born'),
  ],
  [
    inStock("<«animal»><source seller='x'/><target mark='oxen'/></animal>"),
    kind('missing-attribute', /type='bought'/, 'type'),
  ],
  [
    inStock(
      "<animal type='«bouhgt»'><source seller='x'><host address='h'/></source><target mark='oxen'/></animal>",
    ),
    kind('wrong-value', /'bought'/, 'bought'),
  ],
  [inStock("<fence uuid='12345678' «usage»='x'/>"), kind('misplaced-attribute', /usage.*uuid/)],
  // Twice.
  [around('<area>1</area><«area»>2</area>'), kind('duplicate-element', /<area> is given twice/)],
  [
    inStock("<animal type='born'><target mark='oxen'/><«target» mark='oxen'/></animal>"),
    kind('duplicate-element', /twice/),
  ],
  // Text where none may be.
  [around('«# a comment»'), kind('stray-text', /Comments are written <!--/)],
  [around('«// a comment»\n  <title>x</title>'), kind('stray-text', /Comments/)],
  [around('<features><acid/>«on»</features>'), kind('stray-text', /'on'/)],
  [inStock("<machine model='mower'>«fast»</machine>"), kind('stray-text', /<machine>, which is empty/)],
  // An element for an attribute.
  [
    inStock("<animal type='born'><target mark='oxen'><«bus»>sata</bus></target></animal>"),
    kind('unknown-element', /attribute.*<target bus='sata'>/),
  ],
  [
    inStock("<animal type='born'><target><«mark»>oxen</mark></target></animal>"),
    kind('unknown-element', /<target mark='oxen'>/),
  ],
  [
    inStock("<animal type='born'><«target»>oxen</target></animal>"),
    kind('missing-attribute', /<target mark='oxen'>/, 'mark'),
  ],
  [
    inStock("<animal type='born'><«mother»>x</mother><target mark='oxen'/></animal>"),
    kind('unknown-element', /attribute of <source>: <source mother='x'>/),
  ],
  // A comment behind a value.
  [around('<area>«4 # hectares»</area>'), kind('wrong-value', /'4'/, '4')],
  // Said in other words.
  [
    inStock("<animal type='«purchase»'><source seller='x' price='2'/><target mark='oxen'/></animal>"),
    kind('wrong-value', /'bought'/, 'bought'),
  ],
  // Several at once.
  [
    around('<«aera»>1</aera>\n  <on_rain>«destory»</on_rain>'),
    kind('unknown-element', /area/),
    kind('wrong-value', /destroy/),
  ],
  [
    inStock("<machine model='«mowre»' «runing»='yes'/>\n<«machne» model='tractor'/>"),
    kind('wrong-value', /mower/),
    kind('unknown-attribute', /running/),
    kind('unknown-element', /machine/),
  ],
  [
    `<farm kind='«organik»'><name>f</name>«#»<stock/></farm>`,
    kind('wrong-value', /organic/),
    kind('stray-text', /Comments/),
  ],
];

describe('one mistake gives one fault, at the exact token', () => {
  for (const [withMarks, ...expected] of faulty) {
    it(withMarks.replace(/\s+/g, ' '), () => {
      const { text, ranges } = withoutMarks(withMarks);
      const faults = new Validator(schema).validate(scan(text));
      assert.deepEqual(
        faults.map(({ range, kind: actual }) => ({
          kind: actual,
          token: text.slice(range.start, range.end),
          range,
        })),
        expected.map((fault, at) => {
          const range = ranges[at]!;
          return { kind: fault.kind, token: text.slice(range.start, range.end), range };
        }),
        faults.map(({ message }) => message).join('\n'),
      );
      for (const [at, fault] of faults.entries()) checkWords(fault, expected[at]!);
    });
  }
});

function checkWords(fault: SchemaFault, expected: Expected): void {
  assert.match(fault.message, expected.says);
  assert.doesNotMatch(fault.message, /\{\d\}|undefined|\[object/);
  if (expected.suggestion !== undefined) {
    assert.equal(fault.suggestion, expected.suggestion);
    assert.equal(fault.kind.startsWith('missing') || fault.expected[0] === expected.suggestion, true);
  }
  if (expected.belongsIn !== undefined) assert.equal(fault.belongsIn?.join('/'), expected.belongsIn);
}

function withoutMarks(marked: string): { text: string; ranges: { start: number; end: number }[] } {
  const ranges: { start: number; end: number }[] = [];
  let text = '';
  for (const part of marked.split(/(?=[«»])/)) {
    if (part.startsWith('«')) ranges.push({ start: text.length, end: -1 });
    else if (part.startsWith('»')) ranges.at(-1)!.end = text.length;
    text += part.replace(/[«»]/g, '');
  }
  return { text, ranges };
}

describe('documents without a fault', () => {
  const valid = [
    around(''),
    around('<!-- # fine --><area unit="KiB">1</area><on_rain> destroy </on_rain>'),
    around("<notes><a:b xmlns:a='urn:a' c='1'>text<d/></a:b><area>not ours</area></notes>"),
    inStock(
      "<animal type='bought' stall='1'><target mark='oxen' bus='sata'/><source seller='x'><host address='h' port='-1'/></source></animal>",
    ),
    inStock("<fence posts=' 1 2\n3 ' usage=''/><machine running='no' model='mower'></machine>"),
    "<farm xmlns:x='urn:x' kind='classic'><stock/><name>f</name></farm>",
  ];
  for (const text of valid) {
    it(text.replace(/\s+/g, ' '), () => {
      assert.deepEqual(new Validator(schema).validate(scan(text)), []);
    });
  }
});
