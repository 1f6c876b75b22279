import assert from 'node:assert/strict';
import { Validator } from '../../../../src/xml/relaxng/validator.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { farm, schemaOf } from './schemas.ts';

const schema = schemaOf({ 'farm.rng': farm });

const whole = `<farm kind='organic'>
  <name>f</name>
  <features>
    <acid/>
  </features>
  <weather>
    <sun/>
    <wind/>
  </weather>
  <stock>
    <animal type='bought'>
      <source seller='x'>
        <host address='h' port='80'/>
      </source>
      <target mark='oxen' bus='sata'/>
    </animal>
    <machine model='mower' running='yes'/>
  </stock>
</farm>`;

/** Faults of the markup, and of the schema beside them. */
function counts(text: string): { markup: number; schema: string[] } {
  const document = scan(text);
  const faults = new Validator(schema).validate(document);
  return { markup: document.faults.length, schema: faults.map(({ message }) => message) };
}

describe('a broken tag is not told again by what follows from it', () => {
  const broken: readonly (readonly [string, string, string])[] = [
    ['an end tag is missing', '    </animal>\n', ''],
    ['an end tag is missing inside', '      </source>\n', ''],
    ['an end tag is missing at the end', '  </stock>\n', ''],
    ['an end tag is misspelt', '</features>', '</featuers>'],
    ['an end tag stands twice', '</features>', '</features></features>'],
    ['a slash is missing', '<sun/>', '<sun>'],
    ['a slash is missing after attributes', "bus='sata'/>", "bus='sata'>"],
    ['a bracket is missing', "<source seller='x'>", "<source seller='x'"],
    ['a bracket is missing before a name', '<features>', 'features>'],
    ['a quote is missing', "bus='sata'", "bus='sata"],
    ['quotes are missing', "type='bought'", 'type=bought'],
    ['an equals sign is missing', "type='bought'", "type'bought'"],
    ['a tag is half typed', '    <machine', '    <mach\n    <machine'],
    ['an attribute is half typed', "<machine model='mower'", "<machine mod model='mower'"],
    ['the document is cut off', whole.slice(whole.indexOf('      <target')), ''],
    ['an ampersand is bare', "seller='x'", "seller='x & y'"],
    ['a comment is not closed', '    <acid/>', '    <!-- <acid/>'],
    ['an attribute is given twice', "type='bought'", "type='bought' type='born'"],
  ];
  for (const [name, from, to] of broken) {
    it(name, () => {
      assert.ok(whole.includes(from));
      const { markup, schema: told } = counts(whole.replace(from, to));
      assert.equal(markup, 1);
      assert.deepEqual(told, []);
    });
  }

  it('but what is wrong elsewhere is', () => {
    const text = whole
      .replace('    </animal>\n', '')
      .replace('<acid/>', '<aicd/>')
      .replace("running='yes'", "running='ys'");
    const { markup, schema: told } = counts(text);
    assert.equal(markup, 1);
    assert.equal(told.length, 2, told.join('\n'));
    assert.match(told[0]!, /<acid>/);
    assert.match(told[1]!, /'yes'/);
  });

  it('and a misspelt start tag is told with its end tag that does not fit', () => {
    const { markup, schema: told } = counts(whole.replace('<features>', '<featuers>'));
    assert.equal(markup, 1);
    assert.equal(told.length, 1);
    assert.match(told[0]!, /<features>/);
  });

  it('wherever one character is taken out, there are at most two faults and no error is thrown', () => {
    for (let at = 0; at < whole.length; at++) {
      const text = whole.slice(0, at) + whole.slice(at + 1);
      const { markup, schema: told } = counts(text);
      if (markup > 0)
        assert.ok(
          markup + told.length <= 2,
          `${text.slice(Math.max(0, at - 20), at + 20)}: ${told.join('\n')}`,
        );
    }
  });

  it('wherever a document ends, the part is judged', () => {
    for (let at = 0; at < whole.length; at++) {
      const { schema: told } = counts(whole.slice(0, at));
      assert.ok(told.length <= 1, `${whole.slice(Math.max(0, at - 30), at)}: ${told.join('\n')}`);
    }
  });
});
