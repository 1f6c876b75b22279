import assert from 'node:assert/strict';
import { checkDocument, type Checks, type Diagnosis } from '../../../src/rules/checkDocument.ts';
import type { SchemaFault, SchemaFaultKind } from '../../../src/xml/relaxng/fault.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

/** A disk that a rule warns of at its name, `disk`. */
const text = `<domain type='kvm'>
  <name>a</name>
  <devices>
    <disk type='network'>
      <source protocol='rbd' name='pool/image'><host name='mon'/></source>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>`;

function faultAt(kind: SchemaFaultKind, token: string, from = 0): SchemaFault {
  const start = text.indexOf(token, from);
  const range = { start, end: start + token.length };
  return { kind, range, message: kind, elementStart: start - 1, expected: ['answer'] };
}

const check = (source: string, checks: Checks = {}): readonly Diagnosis[] =>
  checkDocument(scan(source), checks);
const withFaults = (...faults: readonly SchemaFault[]): Checks => ({ validator: { validate: () => faults } });
const codes = (found: readonly Diagnosis[]): readonly string[] => found.map(({ code }) => code);

describe('all that is wrong with a document', () => {
  it('tells once what rule and schema miss at the same token, and not at all what only seems to be missing', () => {
    const withAuth = text.replace('<source protocol', "<auth username='a'/><source protocol");
    const at = withAuth.indexOf('auth');
    const lacks: SchemaFault = {
      kind: 'missing-element',
      range: { start: at, end: at + 'auth'.length },
      message: 'lacks a secret',
      elementStart: at - 1,
      expected: ['secret'],
    };
    const [once, ...others] = check(withAuth, withFaults(lacks));
    assert.deepEqual(
      [once?.code, once?.severity, once?.expected],
      ['auth-without-secret', 'error', ['secret']],
    );
    assert.deepEqual(codes(others), []);
    assert.deepEqual(codes(check(withAuth, withFaults())), []);
    assert.deepEqual(codes(check(withAuth)), ['auth-without-secret']);
  });

  it('is what the rules say where there is no schema', () => {
    const [first, ...others] = check(text);
    assert.deepEqual(
      [first?.code, first?.source, first?.severity, others.length],
      ['rbd-disk-without-auth', 'rule', 'warning', 0],
    );
  });

  it('has errors before warnings, broken markup before the schema, causes before what is missing', () => {
    const broken = `${text}<second/>`;
    const found = check(
      broken,
      withFaults(
        faultAt('missing-element', 'domain'),
        faultAt('misplaced-element', 'name'),
        faultAt('wrong-value', 'vda'),
        faultAt('unknown-element', 'devices'),
      ),
    );
    assert.deepEqual(codes(found), [
      'second-root',
      'unknown-element',
      'wrong-value',
      'misplaced-element',
      'missing-element',
      'rbd-disk-without-auth',
    ]);
  });

  it('gives what would fit along with a fault of the schema', () => {
    const [first] = check(text, withFaults(faultAt('wrong-value', 'vda')));
    assert.deepEqual(first?.expected, ['answer']);
    assert.equal(text.slice(first.range.start, first.range.end), 'vda');
  });

  it('says once what the schema and a rule say of a token, with the words of the rule, as an error', () => {
    const found = check(text, withFaults(faultAt('misplaced-element', 'disk')));
    assert.deepEqual(
      found.map(({ code, severity }) => [code, severity]),
      [['rbd-disk-without-auth', 'error']],
    );
  });

  it('says both when the schema misses something at a token that a rule speaks of', () => {
    const found = check(text, withFaults(faultAt('missing-attribute', 'disk')));
    assert.deepEqual(codes(found), ['missing-attribute', 'rbd-disk-without-auth']);
  });

  it('leaves out rules that are switched off, or all of them', () => {
    assert.deepEqual(check(text, { rules: new Map([['rbd-disk-without-auth', 'off']]) }), []);
    assert.deepEqual(check(text, { rules: 'none' }), []);
  });
});
