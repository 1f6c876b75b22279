import assert from 'node:assert/strict';
import { Completer } from '../../../../src/xml/completion/completer.ts';
import type { ValueSource } from '../../../../src/xml/completion/knownValues.ts';
import type { Completions, Offer } from '../../../../src/xml/completion/offer.ts';
import { Validator } from '../../../../src/xml/relaxng/validator.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { snippetText } from '../../../../src/xml/fixes/snippetText.ts';
import { smallSchema } from './smallSchema.ts';

const schema = smallSchema();

function complete(withCursor: string, source?: ValueSource): Completions {
  const offset = withCursor.indexOf('|');
  return new Completer(schema, source).at(scan(withCursor.replace('|', '')), offset);
}

const labels = (withCursor: string): readonly string[] =>
  complete(withCursor).offers.map(({ label }) => label);

function offer(withCursor: string, label: string): Offer {
  const found = complete(withCursor).offers.find((each) => each.label === label);
  assert.ok(found, `${label} is not offered`);
  return found;
}

/** The document after the offer is taken and its defaults are kept. */
function taken(withCursor: string, label: string): string {
  const { range } = complete(withCursor);
  const text = withCursor.replace('|', '');
  return text.slice(0, range.start) + snippetText(offer(withCursor, label).snippet) + text.slice(range.end);
}

const domain = (inner: string): string =>
  `<domain type='kvm'>\n  <name>a</name>\n  <memory>1</memory>\n  ${inner}\n</domain>`;
const devices = (inner: string): string => domain(`<devices>\n    ${inner}\n  </devices>`);

describe('completion of elements', () => {
  it('offers what may stand there and is not there yet, the usual first', () => {
    assert.deepEqual(labels(domain('|')), ['uuid', 'vcpu', 'features', 'on_crash', 'devices']);
    assert.deepEqual(labels(devices('<memballoon model="virtio"/>\n    |')), ['disk', 'input']);
  });

  it('looks at what follows too', () => {
    assert.deepEqual(labels(devices('|\n    <memballoon model="virtio"/>')), ['disk', 'input']);
  });

  it('puts what is missing first', () => {
    assert.deepEqual(
      complete("<domain type='kvm'>\n  |\n</domain>").offers.map(({ label, isRequired }) => [
        label,
        isRequired,
      ]),
      [
        ['name', true],
        ['memory', true],
        ['uuid', false],
        ['vcpu', false],
        ['features', false],
        ['on_crash', false],
        ['devices', false],
      ],
    );
  });

  it('brings required parts along, indented as around, in the quotes of the document', () => {
    assert.equal(
      offer(devices('|'), 'disk').snippet,
      "<disk type='file'>\n      <source file='${1:/path}'/>\n      <target dev='${2:vda}' bus='${3|virtio,ide|}'/>\n    </disk>",
    );
    assert.equal(
      offer('<domain type="kvm">\n\t<devices>\n\t\t|\n\t</devices>\n</domain>', 'input').snippet,
      '<input type="${1|tablet,mouse|}"/>',
    );
  });

  it('writes an element that holds nothing as empty, one that holds something with both tags', () => {
    assert.equal(offer(domain('<features>|</features>'), 'acpi').snippet, '<acpi/>');
    assert.equal(offer(domain('|'), 'features').snippet, '<features>${0:}</features>');
  });

  it('chooses the form that goes with the attributes around', () => {
    const disk = "<disk type='network'>\n      |\n      <target dev='vda'/>\n    </disk>";
    assert.equal(offer(devices(disk), 'source').snippet, "<source protocol='${1|rbd,nbd|}'/>");
  });

  it('replaces what is typed, with or without the <', () => {
    assert.equal(
      taken(domain('<devices><in|</devices>'), 'input'),
      domain("<devices><input type='tablet'/></devices>"),
    );
    assert.equal(taken(domain('<features>ac|</features>'), 'acpi'), domain('<features><acpi/></features>'));
    assert.equal(taken(domain('<features><|></features>'), 'acpi'), domain('<features><acpi/></features>'));
    assert.equal(
      taken(domain('<features><a|></a></features>'), 'acpi'),
      domain('<features><acpi/></features>'),
    );
    assert.equal(offer(domain('<features><|</features>'), 'pae').filterText, '<pae');
  });

  it('changes the name alone of an element that is whole', () => {
    assert.equal(offer(devices("<inp|ut type='mouse'/>"), 'disk').snippet, 'disk');
  });

  it('works where the document is cut off', () => {
    assert.ok(labels("<domain type='kvm'>\n  <devices>\n    <|").includes('disk'));
    assert.ok(
      labels("<domain type='kvm'>\n  <devices>\n    <disk type='file'>\n      <|").includes('source'),
    );
  });

  it('offers roots where there is none', () => {
    assert.equal(labels('|')[0], 'domain');
    assert.ok(labels('<po|').includes('pool'));
    assert.deepEqual(labels("<domain type='kvm'/>\n|"), []);
    assert.deepEqual(
      new Completer(undefined)
        .at(scan(''), 0)
        .offers.map(({ label }) => label)
        .slice(0, 2),
      ['domain', 'pool'],
    );
  });

  it('offers nothing in comments', () => {
    assert.deepEqual(labels(domain('<!-- | -->')), []);
  });
});

describe('completion of end tags', () => {
  it('closes the innermost open element', () => {
    assert.equal(taken('<domain><devices></|', '/devices'), '<domain><devices></devices>');
    assert.equal(taken('<domain><devices></dev|>', '/devices'), '<domain><devices></devices>');
    assert.ok(labels('<domain><devices>|').includes('/devices'));
    assert.ok(!labels(devices('|')).includes('/devices'));
  });
});

describe('completion of attributes', () => {
  it('offers those that are not there, the required ones first', () => {
    assert.deepEqual(labels(devices('<disk><target |/></disk>')), ['dev', 'bus']);
    assert.deepEqual(labels(devices("<disk><target dev='vda' |/></disk>")), ['bus']);
  });

  it('writes the value with tab stops, and the name alone where there is a value', () => {
    assert.equal(offer(devices('<disk><target |/></disk>'), 'bus').snippet, "bus='${1|virtio,ide|}'");
    assert.equal(offer(devices("<disk><target b|='ide'/></disk>"), 'bus').snippet, 'bus');
  });

  it('puts the spaces that are missing', () => {
    assert.equal(
      taken(devices("<disk><target |dev='vda'/></disk>"), 'bus'),
      devices("<disk><target bus='virtio' dev='vda'/></disk>"),
    );
    assert.equal(
      taken(devices("<disk><target dev='vda'|/></disk>"), 'bus'),
      devices("<disk><target dev='vda' bus='virtio'/></disk>"),
    );
  });

  it('takes the value with which what the element holds goes', () => {
    const disk = "<disk |><source protocol='rbd'/><target dev='vda'/></disk>";
    assert.equal(taken(devices(disk), 'type'), devices(disk.replace('|', "type='network'")));
  });

  it('goes on in a tag that is not closed, on the next line too', () => {
    assert.deepEqual(labels("<domain type='kvm'><devices><disk><target dev='vda' |"), ['bus']);
    assert.deepEqual(labels("<domain type='kvm'><devices><disk><target dev='vda'\n  |"), ['bus']);
  });
});

describe('completion of values', () => {
  it('offers those of an attribute, the likely ones first', () => {
    assert.deepEqual(labels(devices("<disk><target dev='vda' bus='|'/></disk>")), ['virtio', 'ide']);
    assert.deepEqual(labels(domain("<memory unit='|'>1</memory>")), ['KiB', 'MiB', 'GiB', 'bytes']);
  });

  it('offers those that go with the rest; in place of a value, the others behind', () => {
    const rest = "><source file='/a'/><target dev='vda'/></disk>";
    assert.deepEqual(labels(devices(`<disk type='|'${rest}`)), ['file']);
    assert.deepEqual(labels(devices(`<disk type='file|'${rest}`)), ['file', 'network']);
  });

  it('works in quotes that are not closed', () => {
    assert.ok(labels("<domain type='kvm'><devices><input type='|").includes('mouse'));
    assert.ok(labels(devices("<input type='|/>")).includes('mouse'));
    assert.equal(taken(devices("<input type='|/>"), 'mouse'), devices("<input type='mouse'/>"));
  });

  it('writes the quotes where there are none yet', () => {
    const input = (rest: string): string => devices(`<input type=${rest}/>`);
    assert.equal(taken(input('|'), 'mouse'), input("'mouse'"));
    assert.equal(taken(input('mo|'), 'mouse'), input("'mouse'"));
  });

  it('offers the texts of an element', () => {
    assert.deepEqual(labels(domain('<on_crash>|</on_crash>')), ['destroy', 'restart']);
    assert.equal(
      taken(domain('<on_crash>dest|</on_crash>'), 'restart'),
      domain('<on_crash>restart</on_crash>'),
    );
  });

  it('offers what is known to exist first, and what the host lacks last', () => {
    const source: ValueSource = ({ element, attribute }) =>
      element.name === 'target' && attribute === 'bus'
        ? {
            values: [
              { value: 'ide', detail: 'offered' },
              { value: 'no such', detail: '' },
            ],
            others: 'not offered',
          }
        : undefined;
    assert.deepEqual(
      complete(devices("<disk><target dev='vda' bus='|'/></disk>"), source).offers.map(
        ({ label, detail }) => [label, detail],
      ),
      [
        ['ide', 'offered'],
        ['virtio', 'not offered'],
      ],
    );
  });

  it('fills values that are known into what is inserted', () => {
    const source: ValueSource = ({ element, attribute }) =>
      element.name === 'target' && attribute === 'dev' && element.parent?.attribute('type') === 'file'
        ? { values: [{ value: 'vdb', detail: 'free' }] }
        : undefined;
    const found = complete(devices('|'), source).offers.find(({ label }) => label === 'disk');
    assert.match(found?.snippet ?? '', /dev='\$\{\d:vdb\}'/);
  });
});

describe('completion anywhere', () => {
  const text = devices(
    "<disk type='file'>\n      <source file='/a'/>\n      <target dev='vda' bus='ide'/>\n    </disk>\n    <input type='mouse'/>",
  );

  it('never makes a document worse', () => {
    const validator = new Validator(schema);
    const faults = (edited: string): number => {
      const document = scan(edited);
      return document.faults.length + validator.validate(document).length;
    };
    assert.equal(faults(text), 0);
    const completer = new Completer(schema);
    for (let offset = 0; offset <= text.length; offset++) {
      const { range, offers } = completer.at(scan(text), offset);
      for (const { kind, snippet, label } of offers) {
        const isRenaming = range.end > range.start && kind !== 'value';
        if (isRenaming || (kind === 'value' && label === 'network')) continue;
        const edited = text.slice(0, range.start) + snippetText(snippet) + text.slice(range.end);
        assert.equal(faults(edited), 0, `${label} at ${offset}: ${edited}`);
      }
    }
  });

  it('gives a range that holds the cursor and no line end, in documents that end anywhere', () => {
    const completer = new Completer(schema);
    for (let end = 0; end <= text.length; end++) {
      const document = scan(text.slice(0, end));
      const { range } = completer.at(document, end);
      assert.ok(range.start <= end && end <= range.end, `at ${end}`);
      assert.doesNotMatch(document.text.slice(range.start, range.end), /[\r\n]/);
    }
  });
});
