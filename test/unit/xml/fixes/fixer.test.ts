import assert from 'node:assert/strict';
import { applyEdits } from '../../../../src/xml/edits.ts';
import type { Fix } from '../../../../src/xml/fix.ts';
import { Fixer } from '../../../../src/xml/fixes/fixer.ts';
import { snippetText } from '../../../../src/xml/fixes/snippetText.ts';
import { Validator } from '../../../../src/xml/relaxng/validator.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { smallSchema } from '../completion/smallSchema.ts';

const schema = smallSchema();
const validator = new Validator(schema);

const domain = (inner: string): string =>
  `<domain type='kvm'>\n  <name>a</name>\n  <memory>1</memory>\n  ${inner}\n</domain>`;
const disk = (source: string, target = "<target dev='vda'/>"): string =>
  domain(`<devices>\n    <disk type='file'>\n      ${source}\n      ${target}\n    </disk>\n  </devices>`);
const source = "<source file='/a'/>";

function fixesOf(text: string): readonly Fix[] {
  const document = scan(text);
  const [fault] = validator.validate(document);
  assert.ok(fault, 'the document is valid');
  return new Fixer(schema).fixesOf(document, fault);
}

function after(text: string, fix: Fix): string {
  return applyEdits(
    text,
    'edits' in fix ? fix.edits : [{ range: fix.snippet.range, newText: snippetText(fix.snippet.snippet) }],
  );
}

/** A document with one fault, and the document after the preferred fix. */
const cures: readonly (readonly [what: string, before: string, after: string])[] = [
  ['a misspelt element', disk("<sourec file='/a'></sourec>"), disk("<source file='/a'></source>")],
  ['an element in capitals', domain('<VCPU>1</VCPU>'), domain('<vcpu>1</vcpu>')],
  ['a misspelt attribute', disk("<source flie='/a'/>"), disk(source)],
  [
    'a misspelt value',
    disk(source, "<target dev='vda' bus='virtoi'/>"),
    disk(source, "<target dev='vda' bus='virtio'/>"),
  ],
  [
    'a value in capitals',
    disk(source, "<target dev='vda' bus='IDE'/>"),
    disk(source, "<target dev='vda' bus='ide'/>"),
  ],
  ['a misspelt text', domain('<on_crash>destory</on_crash>'), domain('<on_crash>destroy</on_crash>')],
  ['a missing attribute', disk(source, "<target bus='ide'/>"), disk(source, "<target bus='ide' dev='vda'/>")],
  [
    'a missing child',
    domain("<devices>\n    <disk type='file'>\n      <target dev='vda'/>\n    </disk>\n  </devices>"),
    domain(
      "<devices>\n    <disk type='file'>\n      <target dev='vda'/>\n      <source file='/path'/>\n    </disk>\n  </devices>",
    ),
  ],
  [
    'several missing children',
    "<domain type='kvm'/>",
    "<domain type='kvm'>\n  <name>name</name>\n  <memory unit='KiB'>1</memory>\n</domain>",
  ],
  ['a missing text', domain('<vcpu/>'), domain('<vcpu>1</vcpu>')],
  ['a missing text between tags', domain('<vcpu></vcpu>'), domain('<vcpu>1</vcpu>')],
  ['an element given twice', domain('<vcpu>1</vcpu>\n  <vcpu>2</vcpu>'), domain('<vcpu>1</vcpu>')],
  [
    'an element in the wrong place',
    domain('<acpi/>\n  <features>\n    <pae/>\n  </features>'),
    domain('<features>\n    <pae/>\n    <acpi/>\n  </features>'),
  ],
  [
    'an element whose place is still to be made',
    domain("<disk type='file'>\n    <source file='/a'/>\n    <target dev='vda'/>\n  </disk>"),
    domain(
      "<devices>\n    <disk type='file'>\n      <source file='/a'/>\n      <target dev='vda'/>\n    </disk>\n  </devices>",
    ),
  ],
  [
    'a comment as shells have it',
    domain('# two of them\n  <vcpu>2</vcpu>'),
    domain('<!-- two of them -->\n  <vcpu>2</vcpu>'),
  ],
  [
    'an attribute that should be an element',
    "<domain type='kvm' name='a'><memory>1</memory></domain>",
    "<domain type='kvm'><name>a</name><memory>1</memory></domain>",
  ],
  [
    'an element that should be an attribute',
    disk('<source><file>/a</file></source>'),
    disk("<source file='/a'></source>"),
  ],
  [
    'a unit in the text',
    "<domain type='kvm'><name>a</name><memory>4 GiB</memory></domain>",
    "<domain type='kvm'><name>a</name><memory unit='GiB'>4</memory></domain>",
  ],
  [
    'a unit in short',
    "<domain type='kvm'><name>a</name><memory>4G</memory></domain>",
    "<domain type='kvm'><name>a</name><memory unit='GiB'>4</memory></domain>",
  ],
];

describe('fixes of what is not as the schema says', () => {
  for (const [what, before, expected] of cures) {
    it(`repair ${what}`, () => {
      const [fix] = fixesOf(before);
      assert.ok(fix?.isPreferred, 'no fix is preferred');
      const text = after(before, fix);
      assert.equal(text.replace(/\n[ \t]*(?=\n)/g, ''), expected);
      assert.deepEqual(validator.validate(scan(text)), []);
    });
  }

  it('leave to the person what has to be chosen or filled in', () => {
    const [fix] = fixesOf(disk(source, '<target/>'));
    assert.ok(fix && 'snippet' in fix);
    assert.equal(fix.snippet.snippet, " dev='${1:vda}'");
  });

  it('take out what is unknown, but do not prefer to', () => {
    const fixes = fixesOf(domain('<frobnicate/>'));
    assert.deepEqual(
      fixes.map(({ title, isPreferred }) => [title, isPreferred]),
      [['Remove <frobnicate>', false]],
    );
    const [fix] = fixes;
    assert.ok(fix);
    assert.deepEqual(validator.validate(scan(after(domain('<frobnicate/>'), fix))), []);
  });

  it('prefer one at most, and leave fewer faults each', () => {
    for (const [, before] of cures) {
      const now = validator.validate(scan(before)).length;
      const fixes = fixesOf(before);
      assert.ok(fixes.filter(({ isPreferred }) => isPreferred).length <= 1);
      for (const fix of fixes) {
        const edited = scan(after(before, fix));
        assert.ok(edited.faults.length + validator.validate(edited).length < now, fix.title);
      }
    }
  });

  it('are none for a fault of another document', () => {
    const [fault] = validator.validate(scan(domain('<frobnicate/>')));
    assert.ok(fault);
    assert.deepEqual(new Fixer(schema).fixesOf(scan('<domain/>'), fault), []);
  });
});

describe('mending everything at once', () => {
  const mended = (text: string): string => applyEdits(text, new Fixer(schema).fixAll(scan(text)));

  it('repairs the markup and what is misspelt, and leaves what has no one answer', () => {
    assert.equal(
      mended(
        "<domain type='kvn'>\n  <nmae>a & b</nmae>\n  <memory>1<memory>\n  <frobnicate/>\n  # x\n</domain>",
      ),
      "<domain type='kvm'>\n  <name>a &amp; b</name>\n  <memory>1</memory>\n  <frobnicate/>\n  <!-- x -->\n</domain>",
    );
  });

  it('makes no edits where there is nothing to mend', () => {
    assert.deepEqual(new Fixer(schema).fixAll(scan(disk(source))), []);
    assert.deepEqual(new Fixer(schema).fixAll(scan('')), []);
  });

  it('never leaves more faults than there were, wherever a document is damaged', () => {
    const text = disk(source, "<target dev='vda' bus='ide'/>");
    for (const damage of ['', '<', 'x', "'", '/>', '&', '</a>', '# ']) {
      for (let at = 0; at < text.length; at += 5) {
        const damaged = scan(text.slice(0, at) + damage + text.slice(at + 1));
        const repaired = scan(mended(damaged.text));
        const where = `${damage} at ${at}`;
        assert.ok(repaired.faults.length <= damaged.faults.length, where);
        if (damaged.faults.length > 0) continue;
        assert.ok(validator.validate(repaired).length <= validator.validate(damaged).length, where);
      }
    }
  });
});
