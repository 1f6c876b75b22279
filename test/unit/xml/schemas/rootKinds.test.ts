import assert from 'node:assert/strict';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { claimedKind, rootNames } from '../../../../src/xml/schemas/rootKinds.ts';
import { schemaFiles } from '../../../../src/xml/schemas/schemaFiles.ts';

const kindOf = (text: string): string | undefined => claimedKind(scan(text));

describe('the kind of a document that somebody says is libvirt’s', () => {
  it('is told by the name of its root alone', () => {
    for (const name of rootNames) assert.ok(kindOf(`<${name}/>`), name);
    assert.equal(kindOf('<filter/>'), 'nwfilter');
    assert.equal(kindOf('<device/>'), 'nodedev');
    assert.equal(kindOf('<watchdog/>'), 'device');
  });

  it('is told when the rest is broken', () => {
    assert.equal(kindOf('<domain><na'), 'domain');
    assert.equal(kindOf('<pool <<<'), 'pool');
  });

  it('is told by the name that the root is misspelt from', () => {
    assert.equal(kindOf('<domian/>'), 'domain');
    assert.equal(kindOf('<Volume/>'), 'volume');
  });

  it('is a device for an interface of a domain, and an interface for one of a host', () => {
    assert.equal(kindOf("<interface type='bridge'/>"), 'device');
    assert.equal(kindOf("<interface type='bridge' name='br0'/>"), 'interface');
  });

  it('is not told for other roots, those of another namespace, and no root', () => {
    assert.equal(kindOf('<html/>'), undefined);
    assert.equal(kindOf('<domain xmlns="urn:x"/>'), undefined);
    assert.equal(kindOf('text'), undefined);
  });

  it('has a schema file, whatever it is', () => {
    for (const name of rootNames) {
      const kind = claimedKind(scan(`<${name}/>`));
      assert.match(kind === undefined ? '' : schemaFiles[kind], /^\w+\.rng$/);
    }
  });
});
